import type { Study } from '../../core/study/Study.ts';
import type { PanelAction } from '../../protocol/panelMessages.ts';
import { isActive, isApplicable } from '../studies/describeStudy.ts';

/** What can be done about a study now, in the order of its buttons. */
export function panelActions(study: Study): readonly PanelAction[] {
  return [
    ...(study.kind === 'study' && study.state === 'running' ? (['pause'] as const) : []),
    ...(study.kind === 'study' && (study.state === 'paused' || study.interrupted) ? (['resume'] as const) : []),
    ...(study.kind === 'study' && isActive(study) ? (['accept'] as const) : []),
    ...(isApplicable(study) ? (['apply'] as const) : []),
    'export',
  ];
}
