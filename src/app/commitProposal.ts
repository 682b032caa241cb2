import { HoneError } from '../base/HoneError.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { proposeBest, type ProposalRequest } from './proposeBest.ts';
import { describeEvidence } from '../core/study/describeEvidence.ts';

/** A commit that a proposal became. */
export interface ProposalCommit {
  readonly branch: string;
  readonly commit: string;
}

/**
 * Commits what a trial changes upon HEAD, on a new branch; what is checked out, staged or unsaved stays as it is.
 * @throws HoneError as `proposeBest`; `usage` where git refuses, or HEAD says already what the trial says
 */
export async function commitProposal(ports: HonePorts, request: ProposalRequest): Promise<ProposalCommit> {
  const { folder } = request;
  const textOf = (path: string): Promise<string | null> => ports.repository.readHead(folder, path);
  const { study, trial, changes } = await proposeBest(ports, { ...request, textOf });
  if (changes.length === 0) {
    throw new HoneError('usage', `The last commit has all that trial ${trial.number} of ${study.id} changes.`);
  }
  const message = describeEvidence(study, trial);
  return ports.repository.commit({ folder, branch: `hone/${study.id}`, message, changes });
}
