import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import {
  ConnectionStore,
  JsonSchema,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
  WebSocketTokenSource,
} from '../../lib';

/** Forwards the text: to one user, or to everyone except the sender. */
const SEND = `const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
const lambda = new LambdaClient({});
exports.handler = async ({ body, requestContext: { authorizer, connectionId } }) => {
  const { text, to } = JSON.parse(body);
  const event = { message: { from: authorizer.sub, text }, exclude: [connectionId], ...(to && { userId: to }) };
  const Payload = JSON.stringify(event);
  await lambda.send(new InvokeCommand({ FunctionName: process.env.BROADCASTER, InvocationType: 'Event', Payload }));
  return { statusCode: 200 };
};`;

/** A chat: tokens identify users, a table stores the connections, and messages go to all users or to one. */
export class WebSocketChatStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const store = new ConnectionStore(this, 'Connections');
    const send = new Function(this, 'Send', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline(SEND),
    });
    const text = { type: 'string', minLength: 1, maxLength: 1000 };
    const to = { type: 'string', minLength: 1, maxLength: 255 };
    const message = { type: 'object', required: ['text'], properties: { text, to } };

    const chat = new WebSocketGateway(this, 'Chat', {
      defaultAuthorizer: WebSocketAuthorizer.jwt({
        issuer: 'https://login.example.com/',
        audience: ['https://chat.example.com'],
        // Browsers cannot set headers of a WebSocket.
        tokenSources: [WebSocketTokenSource.header(), WebSocketTokenSource.query('token')],
      }),
      routes: {
        $connect: { integration: store.connectIntegration() },
        $disconnect: { integration: store.disconnectIntegration() },
        $default: {
          integration: WebSocketIntegration.mock({ body: '{"message":"no such action"}' }),
          returnResponse: true,
        },
        sendMessage: {
          integration: WebSocketIntegration.lambda(send),
          request: { body: JsonSchema.fromObject(message) },
          throttle: { rateLimit: 50, burstLimit: 100 },
        },
      },
    });

    const undelivered = new Queue(this, 'Undelivered', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const broadcaster = store.broadcaster({ gateway: chat, deadLetterQueue: undelivered });
    broadcaster.grantInvoke(send);
    send.addEnvironment('BROADCASTER', broadcaster.fn.functionArn);
  }
}
