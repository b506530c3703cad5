/** The ways to write an API into a template. */
export const FORMS = ['rest-resources', 'rest-body', 'http-resources', 'http-body', 'websocket'] as const;

export type Form = (typeof FORMS)[number];
