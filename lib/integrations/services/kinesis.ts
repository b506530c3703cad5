import { type IStream } from 'aws-cdk-lib/aws-kinesis';
import { type Owner } from '../../authoring/errors';
import { placeOf } from './accounts';
import { type ServiceAccess } from './call';
import { keyGrants } from './key-grants';

export function putRecordAccess(stream: IStream, owner: Owner): ServiceAccess {
  const { streamArn: arn, encryptionKey: key } = stream;
  return {
    role: 'kinesis',
    region: placeOf(stream, arn).region,
    grants: [
      { actions: ['kinesis:PutRecord'], resources: [arn] },
      ...keyGrants(key, ['kms:GenerateDataKey'], stream, owner),
    ],
  };
}
