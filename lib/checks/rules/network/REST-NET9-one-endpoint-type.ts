import { guide, inside, knownAnd } from '../../queries/common';
import { type Rule } from '../../rule';

export const rule: Rule = {
  id: 'REST-NET9',
  appliesTo: ['rest'],
  // That a second one is rejected is documented nowhere.
  severity: 'warning',
  title: 'A REST API has one endpoint type',
  why: '`Types` is a list, but an API is edge-optimized, Regional or private. Which of several types it gets, if API Gateway accepts them, is not documented: one that was meant to be private may be public.',
  fix: {
    library: 'Set `endpointType` to one type; add a gateway for another.',
    l2: 'Set `endpointConfiguration: { types: [EndpointType.REGIONAL] }` with one type on the `RestApi`.',
    cloudFormation: 'Leave one type in `EndpointConfiguration: { Types: [REGIONAL] }`.',
  },
  link: guide('api-gateway-api-endpoint-types'),
  *check(model) {
    for (const { endpointTypes, location } of model.restApis) {
      if (knownAnd(endpointTypes, (types) => new Set(types).size > 1)) {
        const message = `the API has the endpoint types ${(endpointTypes as string[]).join(' and ')}; it can be of one`;
        yield { location: inside(location, 'EndpointConfiguration'), message };
      }
    }
  },
};
