import { type Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationListener, NetworkListener, NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { fn } from '../support/stacks';

/** What of an app is not API Gateway's. */
export function surroundings(stack: Stack) {
  const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111111111111:${rest}`;
  const elb = (kind: string) => arn('elasticloadbalancing', kind);
  const pool = new UserPool(stack, 'Pool');
  return {
    pool,
    client: pool.addClient('Client'),
    lambda: fn(stack, 'Handler'),
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-1'],
      vpcCidrBlock: '10.0.0.0/16',
    }),
    applicationListener: ApplicationListener.fromLookup(stack, 'Alb', {
      listenerArn: elb('listener/app/orders/1/2'),
    }),
    networkListener: NetworkListener.fromNetworkListenerArn(stack, 'Nlb', elb('listener/net/orders/1/2')),
    network: NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(stack, 'V1', {
      loadBalancerArn: elb('loadbalancer/net/orders/1'),
    }),
    table: new TableV2(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } }),
    bus: EventBus.fromEventBusName(stack, 'Bus', 'default'),
    stream: Stream.fromStreamArn(stack, 'Stream', arn('kinesis', 'stream/orders')),
    queue: new Queue(stack, 'Queue'),
    machine: StateMachine.fromStateMachineArn(stack, 'Machine', arn('states', 'stateMachine:orders')),
    topic: new Topic(stack, 'Topic'),
    role: new Role(stack, 'Caller', { assumedBy: new AccountPrincipal('111111111111') }),
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', arn('acm', 'certificate/1')),
  };
}
