import { type RequestContext } from '../context';
import { type MappingSources } from '../mapping/mappings';
import { type MappingInput } from '../mapping/input';
import { type TemplateScope } from '../mapping/templates';
import { lastValues, type MultiValues } from '../multi-values';
import { type CompiledIntegration, type CompiledRoute } from './compile';
import { type EventSources } from './events';
import { type WebSocketStage } from './stage';
import { type Message, type VariableSources } from './variables';

/** An event of a connection, as all steps see it. */
export interface EventView {
  readonly stage: WebSocketStage;
  readonly context: RequestContext;
  readonly headers: MultiValues;
  readonly query: MultiValues;
  readonly message: Message;
  /** Whether the event is a message; handshakes and closed connections have no body. */
  readonly isMessage: boolean;
}

/** An event whose route is found, on its way through integration and answer. */
export interface Exchange extends EventView {
  readonly route: CompiledRoute;
  readonly integration: CompiledIntegration;
  readonly scope: TemplateScope;
  readonly requestId: string;
  readonly traceId: string;
}

/** What goes back: the answer to a handshake, or to a message. */
export interface RouteAnswer {
  readonly status: number;
  readonly headers: MultiValues;
  readonly text: string;
}

export const variablesOf = ({ stage, message, headers, query, context }: EventView): VariableSources => ({
  ...{ message, headers, query, context, stageVariables: stage.options.stageVariables },
});

export const mappingSources = ({ stage, message, headers, query, context }: EventView): MappingSources => ({
  ...{ headers, query, context, pathParameters: {}, body: () => message.text },
  stageVariables: stage.options.stageVariables,
});

export const templateInput = ({ headers, query }: EventView, body: string): MappingInput => ({
  ...{ body, headers: lastValues(headers), query: lastValues(query) },
});

export const eventSources = ({ stage, message, headers, query, context, isMessage }: EventView): EventSources => ({
  ...{ headers, query, context, stageVariables: stage.options.stageVariables },
  ...(isMessage ? { body: message.text } : {}),
});
