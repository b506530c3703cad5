import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { type Construct } from 'constructs';
import {
  DynamoDbAttributeType,
  DynamoDbValue,
  JsonSchema,
  RequestValue,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  type RestRouteOptions,
  WebAcl,
} from '../../lib';

/** Every AWS service that a REST gateway calls without code in between. */
export class RestServicesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new RestGateway(this, 'Services', {
      description: 'Queues, buses, streams, tables, buckets and workflows over HTTPS',
      defaultAuthorizer: RestAuthorizer.iam(),
      cors: { allowOrigins: ['https://app.example.com'] },
      binaryMediaTypes: ['image/png'],
      routes: { ...this.messages(), ...this.orders(), ...this.files(), ...this.workflows(), ...this.others() },
      webAcl: WebAcl.managed({ rateLimit: 2000 }),
    });
  }

  private messages(): Record<string, RestRouteOptions> {
    const key = new Key(this, 'MessageKey', { enableKeyRotation: true });
    const payments = new Queue(this, 'Payments', {
      fifo: true,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
    });
    const news = new Topic(this, 'News', { enforceSSL: true });
    const bus = new EventBus(this, 'Bus');
    const clicks = new Stream(this, 'Clicks');
    return {
      'POST /customers/{customer}/payments': {
        integration: RestIntegration.sqs(payments, {
          messageGroupId: RequestValue.path('customer'),
          messageDeduplicationId: RequestValue.header('Idempotency-Key'),
          messageAttributes: { caller: RequestValue.context('identity.userArn') },
        }),
        request: { body: object('amount'), headers: { 'Idempotency-Key': true } },
      },
      'POST /news': {
        integration: RestIntegration.sns(news, { subject: RequestValue.query('subject') }),
        request: { body: object('text') },
      },
      'POST /events': {
        integration: RestIntegration.eventBridge(bus, {
          source: 'shop.web',
          detailType: RequestValue.literal('OrderPlaced'),
        }),
        request: { body: object('order') },
      },
      'POST /clicks': {
        integration: RestIntegration.kinesis(clicks, { partitionKey: RequestValue.requestId() }),
        request: { body: object('page') },
      },
    };
  }

  private orders(): Record<string, RestRouteOptions> {
    const orders = new Table(this, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    orders.addGlobalSecondaryIndex({
      indexName: 'by-customer',
      partitionKey: { name: 'customer', type: AttributeType.STRING },
    });
    const id = DynamoDbValue.string(RequestValue.path('id'));
    const changes = JsonSchema.fromObject({
      type: 'object',
      properties: { customer: { type: 'string', minLength: 1 }, total: { type: 'number' } },
      minProperties: 1,
    });
    const attributes = { id: DynamoDbAttributeType.STRING, total: DynamoDbAttributeType.NUMBER };
    return {
      'GET /orders/{id}': { integration: RestIntegration.dynamoDbGet(orders, { key: { id }, attributes }) },
      'PUT /orders/{id}': {
        integration: RestIntegration.dynamoDbPut(orders, {
          item: {
            id,
            customer: DynamoDbValue.string(RequestValue.bodyField('$.customer')),
            total: DynamoDbValue.number(RequestValue.bodyField('$.total')),
          },
          condition: 'attribute_not_exists(id)',
        }),
        request: { body: object('customer', 'total') },
      },
      'PATCH /orders/{id}': {
        integration: RestIntegration.dynamoDbUpdate(orders, {
          key: { id },
          set: {
            customer: DynamoDbValue.optionalString(RequestValue.bodyField('$.customer')),
            total: DynamoDbValue.optionalNumber(RequestValue.bodyField('$.total')),
          },
          add: { changes: DynamoDbValue.number(RequestValue.literal('1')) },
          attributes,
        }),
        request: { body: changes },
      },
      'DELETE /orders/{id}': { integration: RestIntegration.dynamoDbDelete(orders, { key: { id } }) },
      'GET /customers/{customer}/orders': {
        integration: RestIntegration.dynamoDbQuery(orders, {
          indexName: 'by-customer',
          keyCondition: 'customer = :customer',
          expressionValues: { ':customer': DynamoDbValue.string(RequestValue.path('customer')) },
          pageToken: RequestValue.query('page'),
          attributes,
        }),
      },
    };
  }

  private files(): Record<string, RestRouteOptions> {
    const bucket = new Bucket(this, 'Files', { enforceSSL: true });
    const options = { key: RequestValue.path('key'), prefix: 'uploads/' };
    return {
      'GET /files/{key+}': { integration: RestIntegration.s3Get(bucket, options) },
      'PUT /files/{key+}': { integration: RestIntegration.s3Put(bucket, options) },
    };
  }

  private workflows(): Record<string, RestRouteOptions> {
    const machine = (name: string, stateMachineType: StateMachineType) =>
      new StateMachine(this, name, {
        definitionBody: DefinitionBody.fromChainable(new Pass(this, `${name}-Pass`)),
        stateMachineType,
        tracingEnabled: true,
      });
    const job = machine('Job', StateMachineType.STANDARD);
    return {
      'POST /jobs': {
        integration: RestIntegration.stepFunctionsStart(job),
        request: { body: object('input') },
      },
      // The id is the last part of the executionArn.
      'GET /jobs/{id}': {
        integration: RestIntegration.stepFunctionsDescribe(job, { executionName: RequestValue.path('id') }),
      },
      'POST /quotes': {
        integration: RestIntegration.stepFunctionsStartSync(machine('Quote', StateMachineType.EXPRESS)),
        request: { body: object('items') },
      },
    };
  }

  private others(): Record<string, RestRouteOptions> {
    const price = new Function(this, 'Price', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async ({ sku }) => ({ sku, price: 1 });'),
    });
    const failed = { statusCode: 500, templates: { 'application/json': '{"message":"Internal server error"}' } };
    return {
      'GET /health': { integration: RestIntegration.mock(), authorizer: RestAuthorizer.none('load balancer probe') },
      'GET /identity': {
        integration: RestIntegration.aws({
          service: 'sts',
          path: '/',
          iamActions: ['sts:GetCallerIdentity'],
          resources: ['*'],
          requestTemplate: 'Action=GetCallerIdentity&Version=2011-06-15',
          requestParameters: {
            'integration.request.header.Content-Type': RequestValue.literal('application/x-www-form-urlencoded'),
          },
        }),
      },
      'GET /prices/{sku}': {
        integration: RestIntegration.lambdaCustom(price, {
          requestTemplates: {
            'application/json': `{"sku":"$util.escapeJavaScript($input.params().path.get('sku')).replaceAll("\\\\'", "'")"}`,
          },
          responses: [{ statusCode: 200 }, { ...failed, selectionPattern: '[\\s\\S]+' }],
        }),
      },
      'GET /rates/{currency}': {
        integration: RestIntegration.httpCustom('https://rates.example.com/v1/{currency}', {
          requestTemplates: { 'application/json': '#set($none = "")' },
          responses: [failed, { selectionPattern: '2\\d{2}', statusCode: 200 }],
        }),
      },
    };
  }
}

/** A JSON object that must have these fields, and may have others. */
function object(...required: string[]): JsonSchema {
  return JsonSchema.fromObject({ type: 'object', required });
}
