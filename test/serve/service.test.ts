import { serviceCall } from '../../lib/serve/service';

const base = (body = '', headers: readonly (readonly [string, string])[] = []) => ({
  ...{ method: 'POST', headers, body: Buffer.from(body), timeoutInMs: 1000 },
});
const uriOf = (rest: string, region = 'eu-west-1'): string => `arn:aws:apigateway:${region}:${rest}`;

describe('a call of a service', () => {
  test.each<[string, string, string]>([
    ['sns:path//', '', 'https://sns.eu-west-1.amazonaws.com/'],
    ['sts:path/', '', 'https://sts.eu-west-1.amazonaws.com/'],
    ['sqs:path/111122223333/Jobs', '', 'https://sqs.eu-west-1.amazonaws.com/111122223333/Jobs'],
    ['s3:path/bucket//key', '', 'https://s3.eu-west-1.amazonaws.com/bucket//key'],
    ['dynamodb:action/GetItem', '{}', 'https://dynamodb.eu-west-1.amazonaws.com/'],
    ['states:action/StartExecution', '{}', 'https://states.eu-west-1.amazonaws.com/'],
    ['states:action/StartSyncExecution', '{}', 'https://sync-states.eu-west-1.amazonaws.com/'],
  ])('%s goes to the endpoint of the service', (rest, body, url) => {
    expect(serviceCall(uriOf(rest), [], base(body)).url).toBe(url);
  });

  test('has the domain of its partition', () => {
    const { url } = serviceCall(uriOf('sns:path/', 'cn-north-1'), [], base());
    expect(url).toBe('https://sns.cn-north-1.amazonaws.com.cn/');
  });

  test.each<[string, ReturnType<typeof base>, string | undefined]>([
    ['sqs:action/SendMessage&Version=2012-11-05', base(), 'SendMessage'],
    ['sqs:path/1/Jobs', base('Action=SendMessage&MessageBody=Action%3DOther'), 'SendMessage'],
    ['sqs:path/1/Jobs', base('MessageBody=x&Action=SendMessage'), 'SendMessage'],
    ['sqs:path/1/Jobs?Action=ReceiveMessage', base(), 'ReceiveMessage'],
    ['dynamodb:path/', base('{}', [['X-Amz-Target', 'DynamoDB_20120810.Query']]), 'Query'],
    ['s3:path/bucket/key', base('My Action=none'), undefined],
  ])('%s names its action', (rest, call, action) => {
    expect(serviceCall(uriOf(rest), [], call).service?.action).toBe(action);
  });
});
