#!/usr/bin/env bash
# aws-cdk-lib 2.276.0: a DynamoDB table that is imported by its ARN does not have the account and Region of that ARN.
# Expected: `env` of an imported table is the environment of the table, as for an imported queue, topic, stream, event bus or state machine.
# Actual: `Table.fromTableArn` has the account of the stack, although `TableV2.fromTableArn` has that of the ARN; so code that compares `env`
# with the stack calls a table of another account by its name, and gets the table with that name in its own account.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts aws-cdk-lib@2.276.0 constructs@10.5.1 >/dev/null 2>&1
cat >run.cjs <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { Table, TableV2 } = require('aws-cdk-lib/aws-dynamodb');
const { EventBus } = require('aws-cdk-lib/aws-events');
const { Stream } = require('aws-cdk-lib/aws-kinesis');
const { Topic } = require('aws-cdk-lib/aws-sns');
const { Queue } = require('aws-cdk-lib/aws-sqs');
const { StateMachine } = require('aws-cdk-lib/aws-stepfunctions');

const stack = new Stack(new App(), 'S', { env: { account: '111111111111', region: 'eu-west-1' } });
const arn = (rest) => `arn:aws:${rest.replace('@', ':us-east-1:999999999999:')}`;
const imports = {
  queue: Queue.fromQueueArn(stack, 'Queue', arn('sqs@q')),
  topic: Topic.fromTopicArn(stack, 'Topic', arn('sns@t')),
  stream: Stream.fromStreamArn(stack, 'Stream', arn('kinesis@stream/s')),
  bus: EventBus.fromEventBusArn(stack, 'Bus', arn('events@event-bus/b')),
  machine: StateMachine.fromStateMachineArn(stack, 'Machine', arn('states@stateMachine:m')),
  table: Table.fromTableArn(stack, 'Table', arn('dynamodb@table/t')),
  tableV2: TableV2.fromTableArn(stack, 'TableV2', arn('dynamodb@table/t')),
};
for (const [name, { env }] of Object.entries(imports)) console.log(`${name}: ${env.account} ${env.region}`);
JS
CDK_VALIDATION=false node run.cjs 2>/dev/null | tee seen.txt
diff seen.txt - <<'EXPECTED'
queue: 999999999999 us-east-1
topic: 999999999999 us-east-1
stream: 999999999999 us-east-1
bus: 999999999999 us-east-1
machine: 999999999999 us-east-1
table: 111111111111 eu-west-1
tableV2: 999999999999 us-east-1
EXPECTED
echo 'as described'
