import { type Location } from '../../../template/model/model';
import { type Rule, type Violation } from '../../rule';
import { guide, inside, settingLabel, settingsOf, stageLabel } from '../../queries/common';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isOff = (value: unknown): boolean => value === undefined || value === false || value === 'false';
const isOn = (value: unknown): boolean => value === true || value === 'true';

/** A deployment can describe the stage that it makes. */
function* ofStageDescription(description: unknown, location: Location): Iterable<Violation> {
  if (!isRecord(description)) {
    return;
  }
  const settings: unknown = description.MethodSettings;
  const described = [description, ...(Array.isArray(settings) ? settings.filter(isRecord) : [])];
  if (described.some((it) => isOn(it.CachingEnabled) && isOff(it.CacheDataEncrypted))) {
    yield {
      location: inside(location, 'StageDescription'),
      message: 'the stage of the deployment caches responses unencrypted',
    };
  }
}

export const rule: Rule = {
  id: 'REST-CACHE1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Cached responses are encrypted',
  why: 'A cache stores whole responses, including personal data, on disks that the API does not control.',
  fix: {
    library: 'Set `cache` on the stage or route: the gateway encrypts cached responses.',
    l2:
      'Set `cacheDataEncrypted: true` with `cachingEnabled` in `deployOptions` of the `RestApi` and in its ' +
      '`methodOptions`.',
    cloudFormation: 'Set `CacheDataEncrypted: true` with `CachingEnabled` in `MethodSettings`.',
  },
  link: guide('api-gateway-caching'),
  sameAs: {
    'cdk-nag': [
      'HIPAA.Security-APIGWCacheEnabledAndEncrypted',
      'NIST.800.53.R4-APIGWCacheEnabledAndEncrypted',
      'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted',
      'PCI.DSS.321-APIGWCacheEnabledAndEncrypted',
    ],
    checkov: ['CKV_AWS_308'],
    trivy: ['AWS-0002'],
    kics: ['37cca703'],
    'cfn-nag': ['W87'],
    'security-hub': ['APIGateway.5'],
    'aws-config': ['api-gw-cache-enabled-and-encrypted'],
    'control-tower': ['CT.APIGATEWAY.PR.3'],
  },
  *check(model) {
    for (const { stage, setting } of settingsOf(model)) {
      const encrypted = setting.cacheDataEncrypted;
      if (setting.cachingEnabled === true && (encrypted === undefined || encrypted === false)) {
        yield {
          location: setting.location,
          message: `${stageLabel(stage)} caches responses unencrypted ${settingLabel(setting)}`,
        };
      }
    }
    for (const { deployments } of model.restApis) {
      for (const { stageDescription, location } of deployments) {
        yield* ofStageDescription(stageDescription, location);
      }
    }
  },
};
