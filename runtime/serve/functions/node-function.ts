import { delimiter, join } from 'node:path';
import { type LocalFunction } from '../../../lib/serve/functions';
import { type OpenChannel } from './channel';
import { environmentOf, type EnvironmentOptions } from './environment';
import { openFork } from './fork';
import { type NodeStart } from './messages';
import { openThread } from './thread';

export interface NodeOptions extends EnvironmentOptions {
  readonly entry: string;
  /** A process for each, instead of a thread. */
  readonly isolate: boolean;
  readonly inspectorPort?: number;
  /** The folder whose packages stand for those that the runtime of Lambda has, the AWS SDK. */
  readonly project: string;
  /** URL → JSON. */
  readonly documents: Readonly<Record<string, string>>;
}

/** Starts a function of Node.js. */
export function openNode(target: LocalFunction, options: NodeOptions): OpenChannel {
  const { entry, isolate, inspectorPort, taskRoot, layers, project, documents } = options;
  const version = nodeVersion(target);
  const ownProcess = isolate || !isZoneOfProcess(target.environment.TZ);
  const modules = [
    ...layers
      .flatMap((layer) => [
        join(layer, 'nodejs', 'node_modules'),
        join(layer, 'nodejs', `node${version}`, 'node_modules'),
      ])
      .reverse(),
    join(project, 'node_modules'),
  ];
  const environment = environmentOf(target, options);
  const { NODE_PATH } = environment;
  const searched = [...(NODE_PATH === undefined ? [] : NODE_PATH.split(delimiter)), ...modules];
  const start: NodeStart = {
    taskRoot,
    handler: target.handler ?? '',
    version,
    modules: searched,
    ownFolder: ownProcess,
    documents,
    ...(inspectorPort !== undefined && { inspectorPort }),
  };
  const env: Record<string, string> = { ...environment, NODE_PATH: searched.join(delimiter) };
  const flags = flagsOf(version, env.NODE_OPTIONS);
  return (ownProcess ? openFork : openThread)({ entry, start, env, flags, memoryInMb: target.memoryInMb });
}

/**
 * What Lambda switches off before Node.js 24, unless the function switches it on.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
function flagsOf(version: number, nodeOptions = ''): string[] {
  if (version >= 24) return [];
  return ['require-module', 'detect-module']
    .filter((name) => process.allowedNodeEnvironmentFlags.has(`--experimental-${name}`))
    .filter((name) => !nodeOptions.includes(`--experimental-${name}`))
    .map((name) => `--no-experimental-${name}`);
}

/** Threads have the time zone of their process. */
function isZoneOfProcess(zone = ''): boolean {
  const name = zone.replace(/^:/, '');
  return name === '' || name === new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export const nodeVersion = ({ runtime = '' }: LocalFunction): number => Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 0);
