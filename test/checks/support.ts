import { type Finding } from '../../lib/checks/rule';
import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import { type CfnTemplate, type TemplateSource } from '../../lib/template/reader/source';
import { type Draft } from './draft';
import { goodBody, goodHttpBody, goodHttpResources, goodResources, goodWebSocket } from './good';

export { type Draft, type Json } from './draft';
export * from './good';

export const source = (
  template: unknown,
  file = 'api.template.json',
  more: Partial<TemplateSource> = {},
): TemplateSource => ({
  file,
  template: template as CfnTemplate,
  bytes: JSON.stringify(template).length,
  ...more,
});

export const findings = (...templates: unknown[]): Finding[] =>
  runRules(readModel(templates.map((template, index) => source(template, `cdk.out/t${index}.template.json`))));

/** Rule ids that are found, each once, in order. */
export const ids = (found: readonly Finding[]): string[] => [...new Set(found.map(({ id }) => id))].sort();

/** What is found beside hints that the case is not about. */
function judged(rule: string, draft: Draft, also: readonly string[] = []): string[] {
  const isMeant = ({ id, severity }: Finding): boolean => severity !== 'info' || id === rule || also.includes(id);
  return ids(findings(draft.template).filter(isMeant));
}

export type Change = (draft: Draft) => void;

interface Case {
  /** Rules that cannot but be broken too. */
  readonly also?: readonly string[];
  /** REST. */
  readonly resources?: Change;
  readonly body?: Change;
  /** The same change in both forms of a REST API. */
  readonly both?: Change;
  readonly httpResources?: Change;
  readonly httpBody?: Change;
  /** The same change in both forms of an HTTP API. */
  readonly http?: Change;
  readonly webSocket?: Change;
  /** The same change in APIs of all kinds and forms. */
  readonly all?: Change;
}

type Form = [name: string, good: () => Draft, change: Change | undefined];

function formsOf({ all, both = all, http = all, ...one }: Case): [string, () => Draft, Change][] {
  const forms: Form[] = [
    ['resources', goodResources, one.resources ?? both],
    ['Body', goodBody, one.body ?? both],
    ['HTTP resources', goodHttpResources, one.httpResources ?? http],
    ['HTTP Body', goodHttpBody, one.httpBody ?? http],
    ['WebSocket', goodWebSocket, one.webSocket ?? all],
  ];
  return forms.flatMap(([name, good, change]): [string, () => Draft, Change][] =>
    change ? [[name, good, change]] : [],
  );
}

/** One change to a faultless template, and the only rule that it breaks. */
export function breaks(rule: string, what: string, one: Case): void {
  test.each(formsOf(one))(`${rule} finds ${what} (%s)`, (_, good, change) => {
    const draft = good();
    change(draft);
    expect(judged(rule, draft, one.also)).toEqual([rule, ...(one.also ?? [])].sort());
  });
}

/** A change that breaks nothing. */
export function keeps(rule: string, what: string, one: Case): void {
  test.each(formsOf(one))(`${rule} lets ${what} be (%s)`, (_, good, change) => {
    const draft = good();
    change(draft);
    expect(judged(rule, draft, one.also)).toEqual([...(one.also ?? [])].sort());
  });
}
