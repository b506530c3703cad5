import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCloudFormationYaml } from '../../../runtime/cli/cfn-yaml';
import type * as L2Http from './l2-http';
import type * as L2Rest from './l2-rest';
import type * as L2WebSocket from './l2-websocket';
import { patched, type ValueMap } from './patch';

const FOLDER = join(__dirname, 'bases');

/** One base, or the same change of several others: the new name and the base that it changes. */
interface BaseFile {
  readonly from?: Readonly<Record<string, string>>;
  readonly resources: ValueMap;
}

/** Resources that are made when they are asked for, by the L2s of the CDK. */
const makers = new Map<string, () => ValueMap>();
const texts = new Map<string, string>();

for (const file of readdirSync(FOLDER)) {
  const { from, resources } = parseCloudFormationYaml(readFileSync(join(FOLDER, file), 'utf8')) as BaseFile;
  if (from === undefined) makers.set(file.replace('.yaml', ''), () => resources);
  for (const [name, parent] of Object.entries(from ?? {})) {
    makers.set(name, () => patched(resourcesOf(parent), resources));
  }
}
/** Only who asks for such a base loads the L2s. */
const rest = () => require('./l2-rest') as typeof L2Rest;
const http = () => require('./l2-http') as typeof L2Http;
const webSocket = () => require('./l2-websocket') as typeof L2WebSocket;
makers.set('rest-l2', () => rest().restL2());
makers.set('rest-spec-l2', () => rest().specRestL2());
makers.set('rest-lambda-l2', () => rest().restL2({ tokens: true }));
makers.set('domain-l2', () => rest().restL2({ domain: true }));
makers.set('http-l2', () => http().httpL2());
makers.set('http-lambda-l2', () => http().httpL2(true));
makers.set('websocket-l2', () => webSocket().webSocketL2());

/** The names of all bases. */
export const BASES: readonly string[] = [...makers.keys()];

/** The resources of a base, new each time. */
export function resourcesOf(name: string): ValueMap {
  let text = texts.get(name);
  if (text === undefined) {
    const make = makers.get(name);
    if (make === undefined) throw new Error(`there is no base ${name}: ${BASES.join(', ')}`);
    texts.set(name, (text = JSON.stringify(make())));
  }
  return JSON.parse(text) as ValueMap;
}

/** The format of the access log in a base. */
export function formatOf(name: string): string {
  const { Properties } = resourcesOf(name).Stage as { Properties: Record<string, { Format: string } | undefined> };
  return (Properties.AccessLogSettings ?? Properties.AccessLogSetting)?.Format ?? '';
}
