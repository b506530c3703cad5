import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-DEP21',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The properties of an API do not contradict its Body',
  why:
    'CloudFormation imports the Body and also sets the properties. Which of two values wins is documented only for ' +
    'the default `Mode`, in which the Body wins and lists are merged; it is not documented for `overwrite`, or for a ' +
    'later update of one of the two. The lost value may be the policy or setting that restricts access to the API.',
  fix: {
    library:
      'Set the prop of the gateway, or the property of `cfnApi`, which also goes into the document; remove overrides of the same setting inside the Body.',
    l2: 'Set it only in the `apiDefinition` of the `SpecRestApi`, or set the same value there and in its props.',
    cloudFormation: 'Set both to the same value, or set it only in the `Body`.',
  },
  link: cloudFormation('resource-apigateway-restapi'),
  *check(model) {
    for (const api of model.restApis) {
      for (const { location, property, value, valueInBody, placeInBody } of api.bodyConflicts) {
        yield {
          location,
          message: `${property} is ${value}, but the Body has ${valueInBody} (${placeInBody})`,
          key: property,
        };
      }
    }
  },
};
