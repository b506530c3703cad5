import { isKnown, knownOr } from '../../template/model/value';
import { type MethodSetting } from '../../template/model/stage';
import { type Stage } from '../../template/model/rest';
import { type Answer } from '../exchange';
import { DecisionCache } from '../lambda-authorizer';
import { type CompiledMethod } from './compile';
import { mappedValues, type MappingSources } from '../mapping/mappings';

const DEFAULT_TTL_IN_SECONDS = 300;

/** The smallest cache of the service has half a gigabyte, more than a local one may take. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What is kept of a response, roughly. */
const sizeOf = ({ body, headers }: Answer, key: string): number =>
  (body instanceof Uint8Array ? body.length : 0) + 2 * key.length + 200 * headers.length + 500;

/** The settings of a stage that hold for a method; those of the method go before those of all. */
export class MethodSettings {
  private readonly settings: readonly MethodSetting[];

  constructor(stage: Stage) {
    this.settings = knownOr(stage.methodSettings, []);
  }

  public of<K extends keyof MethodSetting>(method: CompiledMethod, name: K): MethodSetting[K] {
    return this.found(method, name)?.[name] as MethodSetting[K];
  }

  public found(method: CompiledMethod, name: keyof MethodSetting): MethodSetting | undefined {
    const has = (setting: MethodSetting): boolean => isKnown(setting[name]);
    return (
      this.settings.find(
        (each) => each.resourcePath === method.path && each.httpMethod === method.httpMethod && has(each),
      ) ?? this.settings.find((each) => each.resourcePath === '/*' && each.httpMethod === '*' && has(each))
    );
  }
}

/** The cache of a stage. */
export class ResponseCache {
  private readonly answers: DecisionCache<Answer>;
  /** Whether the stage has one. */
  public readonly isOn: boolean;

  constructor(
    stage: Stage,
    private readonly settings: MethodSettings,
    now: () => number,
  ) {
    this.answers = new DecisionCache(now, sizeOf, MOST_BYTES);
    this.isOn = knownOr(stage.cacheClusterEnabled, false);
  }

  /** The key of a request; undefined if its response is not cached. Only parameters of the cache key distinguish requests, not path and query. */
  public keyOf(method: CompiledMethod, httpMethod: string, sources: MappingSources): string | undefined {
    if (!this.isOn || !method.integration) return undefined;
    const setting = this.settings.found(method, 'cachingEnabled');
    if (setting?.cachingEnabled !== true) return undefined;
    if (httpMethod !== 'GET' && setting.httpMethod === '*') return undefined;
    const { cacheKeys, cacheNamespace } = method.integration;
    const values = cacheKeys.map((key) => [
      key,
      mappedValues(key.replace(/^integration\.request\./, 'method.request.'), sources),
    ]);
    return JSON.stringify([cacheNamespace ?? method.path, httpMethod, values]);
  }

  public get(key: string): Answer | undefined {
    return this.answers.get(key);
  }

  public put(key: string, method: CompiledMethod, answer: Answer): void {
    const ttl = this.settings.of(method, 'cacheTtlInSeconds');
    this.answers.put(key, answer, isKnown(ttl) ? ttl : DEFAULT_TTL_IN_SECONDS);
  }

  /** `Cache-Control: max-age=0` of a client. */
  public invalidate(key: string): void {
    this.answers.drop(key);
  }
}
