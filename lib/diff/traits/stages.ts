import { type AnyStage } from '../../template/model/model';
import { knownOr, UNKNOWN } from '../../template/model/value';
import { sameResource } from '../../template/model/place';
import { UNKNOWN_TEXT } from '../../template/model/text';
import { always, breaking, harmless, onOff, opening, presence, uncertain } from '../rules';
import { type Subject } from '../trait';
import { conditionTrait } from './rest-routes';
import { type Side } from './side';
import { throttlesOf, throttleTraits } from './throttles';

const WEB_ACL = presence(
  uncertain('requests that it blocks get 403'),
  opening('no web ACL protects it'),
  uncertain('another web ACL decides'),
);
const VARIABLE = always(uncertain('it leads to another back end, or tells it something else'));
const CACHE = onOff(
  uncertain('callers get responses from the cache'),
  harmless('callers get no responses from the cache'),
);
const CANARY = always(uncertain('some callers get another deployment'));
const CERTIFICATE = always(harmless('the back end sees another client certificate'));
const OBSERVED = always(harmless('callers do not see it'));

export function stageSubject(side: Side, stage: AnyStage): Subject {
  const { stageName, location, variableTexts } = stage;
  const label = knownOr(stageName, location.logicalId);
  const traits = side.of(location);
  const acl = side.model.webAclAssociations.find((one) => one.stage && sameResource(one.stage, location));
  if (acl) traits.text('web ACL', acl.webAclArn ?? UNKNOWN_TEXT, WEB_ACL, acl.location);
  throttleTraits(traits, throttlesOf(stage).wide);
  if (variableTexts === UNKNOWN) traits.add({ name: 'variables', rule: VARIABLE, value: side.unknown(location) });
  else for (const [name, text] of Object.entries(variableTexts)) traits.text(`variable ${name}`, text, VARIABLE);
  if ('canary' in stage && stage.canary) {
    const { percentTraffic = 0, location: place } = stage.canary;
    traits.value('canary in %', percentTraffic, CANARY, undefined, place);
  }
  if ('methodSettings' in stage) {
    traits.value('cache', stage.cacheClusterEnabled, CACHE, false);
    traits.value('tracing', stage.tracingEnabled, OBSERVED, false);
  } else traits.value('automatic deployment', stage.autoDeploy, OBSERVED, false);
  traits.value('access log', stage.accessLog !== undefined, OBSERVED, false);
  traits.text('client certificate', stage.clientCertificateId, CERTIFICATE);
  conditionTrait(traits, stage.conditional);
  return {
    kind: 'stage',
    key: label,
    label,
    location,
    traits: traits.all,
    added: harmless('new'),
    removed: breaking('its URL does not respond'),
  };
}
