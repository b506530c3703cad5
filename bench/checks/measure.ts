import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import { type CfnTemplate } from '../../lib/template/reader/source';
import { type Form } from './forms';
import { type Resources } from './parts';
import { restBody, restResources } from './rest';
import { httpBody, httpResources, webSocket } from './v2';

const TEMPLATES: Readonly<Record<Form, (routes: number) => Resources>> = {
  'rest-resources': restResources,
  'rest-body': restBody,
  'http-resources': httpResources,
  'http-body': httpBody,
  websocket: webSocket,
};

/** What reading and checking one template takes. */
export interface Checked {
  readonly cpuMs: number;
  readonly findings: number;
}

/** What is in the template. */
export const resourcesOf = (form: Form, routes: number): Resources => TEMPLATES[form](routes);

/** The template as text, as it is on disk. */
export const textOf = (form: Form, routes: number): string => JSON.stringify({ Resources: resourcesOf(form, routes) });

/** Parses, reads and checks the template by all rules, hints included. */
export function check(text: string): Checked {
  const before = process.cpuUsage();
  const template = JSON.parse(text) as CfnTemplate;
  const findings = runRules(readModel([{ file: 'bench.template.json', template, bytes: text.length }]));
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, findings: findings.length };
}
