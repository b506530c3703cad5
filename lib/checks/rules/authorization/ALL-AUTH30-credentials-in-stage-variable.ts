import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule, type RuleSeverity } from '../../rule';
import { guide, inside, stageLabel } from '../../queries/common';
import { allStagesOf } from '../../queries/v2';

const SECRET_NAME = /(password|passwd|pwd|secret|secretkey|privatekey|accesskey|apikey|token|credentials?)$/;
/** References and switches that such a name may hold as well. */
const NO_SECRET = /^(arn:.*|https?:.*|\/.*|\d+|true|false|none|.{0,5})$/i;

/** Credentials with a recognizable format. */
const SECRET_VALUE: readonly (readonly [string, RegExp])[] = [
  ['an AWS access key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36,}/],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ['a JSON Web Token', /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/],
  ['a URL with a password', /^[a-z][a-z0-9+.-]*:\/\/[^/:@]+:[^/@]+@/i],
];

function secretIn(name: string, value: string): { what: string; severity?: RuleSeverity } | undefined {
  const shape = SECRET_VALUE.find(([, pattern]) => pattern.test(value));
  if (shape) {
    return { what: shape[0] };
  }
  const plain = name.toLowerCase().replaceAll(/[_-]/g, '');
  const isNamed = SECRET_NAME.test(plain) && !NO_SECRET.test(value);
  return isNamed ? { what: 'a credential, by its name', severity: 'warning' } : undefined;
}

export const rule: Rule = {
  id: 'ALL-AUTH30',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A stage variable contains no credentials',
  why: 'Stage variables are plain text in the template, in the console, in logs and in exports; they are not intended for credentials.',
  fix: {
    library:
      'Keep the secret in Secrets Manager or a SecureString parameter, and put its ARN or name in ' +
      '`stages.<name>.variables`.',
    l2:
      'Keep the secret in Secrets Manager or a SecureString parameter, and put its ARN or name in `variables` of ' +
      '`deployOptions` (`stageVariables` of HTTP and WebSocket stages).',
    cloudFormation:
      'Keep the secret in Secrets Manager or a SecureString parameter, and put its ARN or name in `Variables` of the ' +
      'stage (`StageVariables` of HTTP and WebSocket APIs).',
  },
  link: guide('stage-variables'),
  *check(model) {
    for (const { stage } of allStagesOf(model)) {
      for (const [name, value] of Object.entries(knownOr(stage.variables, {}))) {
        const found = isKnown(value) ? secretIn(name, value) : undefined;
        if (found) {
          yield {
            location: inside(stage.location, 'routeSettings' in stage ? 'StageVariables' : 'Variables', name),
            message: `variable "${name}" of ${stageLabel(stage)} contains ${found.what}`,
            severity: found.severity,
            key: name,
          };
        }
      }
    }
  },
};
