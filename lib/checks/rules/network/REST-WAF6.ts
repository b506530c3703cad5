import { WAF_LOG_PREFIX } from '../../../facts/web-acl';
import { type Rule } from '../../rule';
import { inside } from '../../queries/common';
import { stageWebAclLogs } from '../../queries/web-acls';
import { splitText, startsOtherwise, type Text } from '../../../template/model/text';

/** What the name of a log group, stream or bucket comes after in its ARN. */
const MARKERS = [':log-group:', ':deliverystream/', ':s3:::'];

function nameIn(arn: Text): Text | undefined {
  const rest = MARKERS.map((marker) => splitText(arn, [marker, ':'])[1]).find((name) => name !== undefined);
  return rest === '' ? undefined : rest;
}

export const rule: Rule = {
  id: 'REST-WAF6',
  appliesTo: ['rest'],
  severity: 'warning',
  title: `The log of a web ACL goes to a place named ${WAF_LOG_PREFIX}…`,
  why: `AWS WAF takes log groups, streams and buckets whose name begins with ${WAF_LOG_PREFIX} only; with any other the deployment rolls back.`,
  fix: {
    library: 'Use `WebAcl.managed({ log: {} })`, which makes one.',
    l2: `Set \`logGroupName\` of the \`LogGroup\` to \`${WAF_LOG_PREFIX}…\`, or the name of a stream or bucket to the like.`,
    cloudFormation: `Set \`LogGroupName: ${WAF_LOG_PREFIX}…\`, or the like name of a stream or bucket.`,
  },
  link: 'https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html',
  *check(model) {
    for (const { location, destination = '', logGroup } of stageWebAclLogs(model)) {
      // A name that CloudFormation makes up begins with the name of the stack.
      const name = logGroup ? (logGroup.name ?? 'one that CloudFormation makes up') : nameIn(destination);
      if (name !== undefined && startsOtherwise(name, WAF_LOG_PREFIX)) {
        yield {
          location: inside(location, 'LogDestinationConfigs'),
          message: `the log of the web ACL goes to a place whose name is ${name}`,
        };
      }
    }
  },
};
