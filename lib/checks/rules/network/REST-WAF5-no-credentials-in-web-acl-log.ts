import { isLiteral } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { inside, listed } from '../../queries/common';
import { stageWebAclLogs } from '../../queries/web-acls';

/** Headers by which callers of an API show who they are. */
const CREDENTIALS = ['authorization', 'x-api-key'];

export const rule: Rule = {
  id: 'REST-WAF5',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The log of a web ACL contains no credentials',
  why: 'It has every header of every request: anyone who reads it can impersonate a caller while the token or key is valid.',
  fix: {
    library: 'Use `WebAcl.managed({ log: {} })`, which redacts them.',
    l2:
      'Set `redactedFields` on the `CfnLoggingConfiguration` with a `singleHeader` for `authorization` and for ' +
      '`x-api-key`.',
    cloudFormation:
      'Set `RedactedFields` on the `AWS::WAFv2::LoggingConfiguration` with a `SingleHeader` for `authorization` and ' +
      'for `x-api-key`.',
  },
  link: 'https://docs.aws.amazon.com/waf/latest/developerguide/logging-management-configure.html',
  *check(model) {
    for (const { location, redactedHeaders } of stageWebAclLogs(model)) {
      if (!isKnown(redactedHeaders) || !redactedHeaders.every(isLiteral)) continue;
      const shown = CREDENTIALS.filter((header) => !redactedHeaders.includes(header));
      if (shown.length > 0) {
        yield {
          location: inside(location, 'RedactedFields'),
          message: `the log of the web ACL contains the header ${listed(shown)} of every request`,
        };
      }
    }
  },
};
