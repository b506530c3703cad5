import { type DEFINITION_KEY, type DEFINITION_PROPERTIES as PROPERTIES } from '../../../lib/facts/own-resources';

/**
 * The contract between `lib/gateway/definition-asset.ts` and the code in this folder, bundled as `assets/definition`.
 *
 * The asset is the OpenAPI document of an API with names in the place of values (`lib/template/reader/deferred-values.ts`). The
 * handler puts the values in and stores the result in the same bucket, under the key of the asset with the hash of the result
 * behind it. The same asset and values always have the same key and content, so a request may be repeated, and stacks may share a
 * bucket. Nothing is ever deleted: a rollback finds what it had, even if this resource is not called. `cdk gc` treats the
 * result as it treats the asset, since the name of both begins with the hash that is in the template.
 *
 * | action         | on                                          |
 * | -------------- | ------------------------------------------- |
 * | `s3:GetObject` | `arn:PARTITION:s3:::BUCKET/KEY`, the asset  |
 * | `s3:PutObject` | `arn:PARTITION:s3:::BUCKET/KEY.*`           |
 */
export interface DefinitionProperties {
  /** The bucket of the asset. */
  readonly [PROPERTIES.bucket]: string;
  /** The key of the asset. */
  readonly [PROPERTIES.key]: string;
  /** By the names in the asset: texts, and lists of texts. CloudFormation passes no other types. */
  readonly [PROPERTIES.values]?: Readonly<Record<string, unknown>>;
}

/** `Fn::GetAtt` of the resource. */
export interface DefinitionAttributes {
  readonly [DEFINITION_KEY]: string;
}
