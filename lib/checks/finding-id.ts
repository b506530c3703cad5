import { type Finding } from './rule';

/** Name of the plugin, and the prefix of ids that acknowledge its findings. */
export const PLUGIN_NAME = 'ApiGateway';

/** `ALL-AUTH1[GET /health]` for a finding that belongs to one place of its resource. */
export const granularId = ({ id, key }: Finding): string | undefined =>
  key === undefined ? undefined : `${id}[${key}]`;

/** An id as CDK records it: with the name of the plugin, and dashes for spaces. */
export const recordedId = (id: string): string => `${PLUGIN_NAME}::${id}`.replaceAll(' ', '-');
