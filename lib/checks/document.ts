import { labelledFixes } from './fix';
import { RULES_BY_AREA } from './registry';
import { FRAMEWORKS, type Rule } from './rule';

const INTRODUCTION = `# Rules

Generated from \`lib/checks/rules\` and \`test/checks/corpus\`: \`npx tsx scripts/generate-rules-doc.ts\`.

Gateways of this library are checked at every synth. To check the other APIs of an app as well:

\`\`\`ts
import { App, Validations } from 'aws-cdk-lib';
import { ApiGatewayChecks } from 'cdk-apigateway-constructs';

const app = new App();

Validations.of(app).addPlugins(new ApiGatewayChecks());
\`\`\`

- An **error** fails the synth, a **warning** is shown, and **info** is a hint that only \`apigw check --severity info\` shows.
- A value that is known only at deployment (an imported value, a parameter without a default) never causes a finding.
- Of an API that is in another template, the parts that are at hand are judged; what is missing may be elsewhere, and causes no finding.
- Acknowledge a finding with a reason, on its construct or on a parent; the report keeps the reason:

\`\`\`ts
import { App, Stack, Validations } from 'aws-cdk-lib';
import { RestAuthorizer, RestGateway, RestIntegration, WebAcl } from 'cdk-apigateway-constructs';

const gateway = new RestGateway(new Stack(new App(), 'Shop'), 'Orders', {
  routes: { 'GET /health': { integration: RestIntegration.mock(), authorizer: RestAuthorizer.none('load balancer probe') } },
  stages: { prod: { tracing: false } },
  webAcl: WebAcl.managed({ rateLimit: 2000 }),
});

Validations.of(gateway).acknowledge({ id: 'ApiGateway::REST-OBS1', reason: 'traced by the load balancer' });
Validations.of(gateway).acknowledge({ id: 'ApiGateway::ALL-AUTH1[GET /health]', reason: 'called by the load balancer' });
\`\`\`

- The second form is for a single place: the report shows it as the \`acknowledge\` of each finding.
- \`new ApiGatewayChecks({ disabledRules: ['REST-WAF1'] })\` runs all rules except these; \`severities\` and \`profile\` set the severity of findings.
- Rules list the ids of the same rules in other tools and catalogs; \`apigw check --framework security-hub\` runs only those.
`;

const heading = (area: string): string => area[0].toUpperCase() + area.slice(1);

function tableOf(area: string, rules: readonly Rule[]): string {
  const rows = rules.map(({ id, severity, title }) => `| [${id}](#${id.toLowerCase()}) | ${severity} | ${title} |`);
  return [`## ${heading(area)}`, '', '| Rule | Severity | What must hold |', '| --- | --- | --- |', ...rows].join('\n');
}

/** A part of a template, as lines of YAML. */
export interface RuleExample {
  readonly title: string;
  readonly lines: readonly string[];
}

/** An example that violates a rule, and one that does not. */
export interface RuleExamples {
  readonly bad: RuleExample;
  readonly good: RuleExample;
}

const snippet = (word: string, { title, lines }: RuleExample): string[] => [
  '',
  '```yaml',
  title === '' ? `# ${word}` : `# ${word}: ${title}`,
  ...lines,
  '```',
];

function sectionOf(
  { id, severity, appliesTo, title, why, fix, link, sameAs, profiles }: Rule,
  examples: RuleExamples | undefined,
): string {
  const elsewhere = FRAMEWORKS.flatMap((name) => (sameAs?.[name] ? [`${name} ${sameAs[name].join(', ')}`] : []));
  const judged = Object.entries(profiles ?? {}).map(([profile, its]) => `${its} in the ${profile} profile`);
  return [
    `### ${id}`,
    '',
    `${title}. _${[severity, ...judged].join(', ')}; ${appliesTo.join(', ')}_`,
    '',
    `**Why.** ${why}`,
    '',
    '**Fix.**',
    '',
    ...labelledFixes(fix).map((line) => `- ${line}`),
    ...(examples ? [...snippet('bad', examples.bad), ...snippet('good', examples.good)] : []),
    '',
    `[Source](${link})`,
    ...(elsewhere.length > 0 ? ['', `**Elsewhere.** ${elsewhere.join('; ')}`] : []),
  ].join('\n');
}

/** The text of `docs/rules.md`, with examples by the id of their rule. */
export function rulesDocument(examples: Readonly<Record<string, RuleExamples>>): string {
  const parts = [INTRODUCTION.trimEnd()];
  for (const [area, rules] of Object.entries(RULES_BY_AREA)) {
    parts.push(tableOf(area, rules), ...rules.map((rule) => sectionOf(rule, examples[rule.id])));
  }
  return `${parts.join('\n\n')}\n`;
}
