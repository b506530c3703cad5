import { adoptionsIn, type ApiAdoption } from '../../lib/checks/adopt/adoption';
import { type Move, type MoveKind } from '../../lib/checks/adopt/move';
import { movesBetween } from '../../lib/checks/adopt/moves';
import { type PropText, propLines, quoted } from '../../lib/checks/adopt/prop-text';
import { KINDS } from '../../lib/facts/kinds';
import { readPlainResources } from '../../lib/template/reader/plain-resources';
import { type TemplateSource } from '../../lib/template/reader/source';
import { type CliIo, type Format } from './io';
import { json, line, lines, shown, type Shown } from './shown';
import { count, table } from './table';

/** `apigw adopt`: the props with which gateways take over the APIs of deployed templates. */
export function adopt(sources: readonly TemplateSource[], format: Format, io: CliIo): number {
  const adoptions = adoptionsIn(readPlainResources(sources));
  if (format === 'json') io.stdout(json(adoptions));
  else if (adoptions.length === 0) io.stdout(line(`No API in ${count(sources.length, 'template')}.`));
  else io.stdout(shown(adoptions.flatMap((one) => [adoptionText(one), line('')])));
  return 0;
}

/** `apigw adopt --check`: what an update would replace, lose or collide with; 1 if there is anything of that. */
export function adoptCheck(
  before: readonly TemplateSource[],
  after: readonly TemplateSource[],
  format: Format,
  io: CliIo,
): number {
  const moves = movesBetween(readPlainResources(before), readPlainResources(after));
  const harmful = moves.filter(({ kind }) => HARMFUL.includes(kind));
  const compared = before.filter(({ file }) => after.some((one) => one.file === file)).map(({ file }) => file);
  const notCompared = before.filter(({ file }) => !compared.includes(file)).map(({ file }) => file);
  if (format === 'json') io.stdout(json({ compared, notCompared, moves }));
  else io.stdout(movesText(moves, harmful.length, notCompared, io));
  return harmful.length > 0 ? 1 : 0;
}

const HARMFUL: readonly MoveKind[] = ['collides', 'replaced', 'lost'];

function movesText(moves: readonly Move[], harmful: number, notCompared: readonly string[], io: CliIo): Shown {
  const rows = moves.map(({ kind, type, what, consequence, instead }) => [
    kind,
    type.replace(/^AWS::/, ''),
    [what, `  ${consequence}`],
    instead,
  ]);
  return shown([
    line(
      moves.length === 0
        ? 'Nothing that callers or operators know is replaced, lost or in the way.'
        : `${count(harmful, 'resource')} of live APIs would be replaced, lost or in the way; ${count(moves.length - harmful, 'other change')}.`,
    ),
    ...(moves.length > 0 ? [table(io, ['', 'resource', 'what happens', 'instead'], rows)] : []),
    ...notCompared.map((file) => line(`Not compared: ${file}, which has no counterpart in the new templates.`)),
  ]);
}

function adoptionText(adoption: ApiAdoption): Shown {
  const { kind, name, template, logicalId, inPlace, props, statements, domains, retain, notKept } = adoption;
  const { gateway } = KINDS[kind];
  const title = `// ${gateway} in place of ${name} (${template}, ${logicalId})`;
  const code = [
    ...(inPlace ? propLines('adopt', codeOf(adoption.adopt)) : []),
    ...Object.entries(props).flatMap(([prop, value]) => propLines(prop, value)),
    ...domains.flatMap((domain) => [
      `// ApiDomain or the domain prop, for ${domain.domainName}`,
      ...propLines('adopt', codeOf(domain.adopt)),
    ]),
    ...(statements.length > 0 ? ['// after the gateway:', ...statements] : []),
  ];
  return lines([title, ...code, ...retainText(retain), ...notKept.flatMap((one) => notKeptText(one))]);
}

/** Logical ids as code. */
const codeOf = (ids: ApiAdoption['adopt']): PropText =>
  Object.fromEntries(
    Object.entries(ids).map(([option, value]) => [option, typeof value === 'string' ? quoted(value) : codeOf(value)]),
  );

function retainText(retain: readonly string[]): string[] {
  if (retain.length === 0) return [];
  return [
    `// First deploy the old template with DeletionPolicy: Retain on ${count(retain.length, 'resource')}, since an import keeps their ids:`,
    `//   ${retain.join(', ')}`,
  ];
}

const notKeptText = ({ logicalId, type, why, instead }: ApiAdoption['notKept'][number]): string[] => [
  `// Not kept: ${logicalId} (${type}): ${why}.`,
  `//   Instead: ${instead}.`,
];
