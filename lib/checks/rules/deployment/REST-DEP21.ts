import { type Rule } from '../../rule';
import { cloudFormation } from '../../support';

export const rule: Rule = {
  id: 'REST-DEP21',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The properties of an API and its Body say the same',
  why:
    'CloudFormation imports the Body, and sets the properties beside it. Which of two values a stage gets is documented for the default `Mode` alone, where the Body ' +
    'goes before and lists are merged; with `overwrite`, and for a later update of one of the two, it is not. A policy or a switch that closes the API may be the one that is lost.',
  fix: {
    library:
      'Set the prop of the gateway, or the property of `cfnRestApi`, which the document follows; leave out overrides of the same setting inside of the Body.',
    l2: 'Say it in the `apiDefinition` of the `SpecRestApi` only, or there and in its props alike.',
    cloudFormation: 'Give both the same value, or say it in the `Body` only.',
  },
  link: cloudFormation('resource-apigateway-restapi'),
  *check(model) {
    for (const api of model.restApis) {
      for (const { location, property, value, valueInBody, placeInBody } of api.bodyConflicts) {
        yield {
          location,
          message: `${property} is ${value}, and the Body says ${valueInBody} (${placeInBody})`,
          key: property,
        };
      }
    }
  },
};
