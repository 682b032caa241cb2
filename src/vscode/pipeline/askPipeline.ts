import { window, type QuickPickItem } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { PipelineAnswers } from '../../core/pipeline/GeneratedRecord.ts';
import { isPlainAddress } from '../../core/pipeline/isPlainAddress.ts';

type Question = 'kind' | 'hone' | 'label' | 'to' | 'indexCredentials';

interface Line extends QuickPickItem {
  readonly next: 'show' | Question;
}

/**
 * The questions before Jenkins files are shown: Enter takes what is there, the other lines change it.
 * @throws HoneError `cancelled`
 */
export async function askPipeline(before: PipelineAnswers): Promise<PipelineAnswers> {
  for (let answers = before; ;) {
    const picked = await window.showQuickPick(linesOf(answers), {
      title: `Hone: Jenkins Pipeline for ${answers.script}`,
      placeHolder: 'Enter shows the files. Nothing is written before you say so.',
      ignoreFocusOut: true,
    });
    if (picked === undefined) throw new HoneError('cancelled', 'No pipeline was made.');
    if (picked.next === 'show') return answers;
    answers = await ask(answers, picked.next);
  }
}

function linesOf({ kind, hone, label, to, indexCredentials }: PipelineAnswers): Line[] {
  return [
    { label: '$(open-preview) Show the Files', next: 'show' },
    { label: '$(type-hierarchy) Kind', description: kind === 'single' ? 'one pipeline' : 'a chain of six jobs', next: 'kind' },
    { label: '$(package) Hone Comes From', description: hone, next: 'hone' },
    { label: '$(server) Agents', description: label === '' ? 'any' : label, next: 'label' },
    { label: '$(mail) Mail To', description: to.length === 0 ? "Jenkins' default recipients" : to.join(', '), next: 'to' },
    { label: '$(key) Package Index', description: indexCredentials ?? 'the public one', next: 'indexCredentials' },
  ];
}

async function ask(answers: PipelineAnswers, question: Question): Promise<PipelineAnswers> {
  switch (question) {
    case 'kind':
      return { ...answers, kind: await askKind(answers.kind) };
    case 'hone':
      return { ...answers, hone: await askText('Where do builds take hone from?', answers.hone, HONE_FORMS, isFilled) };
    case 'label':
      return {
        ...answers,
        label: await askText('Which agents run it?', answers.label, 'A label such as docker; empty: any agent'),
      };
    case 'to': {
      const text = await askText('Who gets the mails?', answers.to.join(', '), 'Addresses with commas between', areAddresses);
      return { ...answers, to: addressesIn(text) };
    }
    case 'indexCredentials': {
      const id = await askText(
        'Which credential has the address of your package index?',
        answers.indexCredentials ?? '',
        INDEX_FORM,
      );
      return { ...answers, indexCredentials: id === '' ? null : id };
    }
  }
}

const HONE_FORMS =
  'A command of the agent, a packed tarball (path or https address), a package with its version, or docker://IMAGE@DIGEST';
const INDEX_FORM = 'The id of a secret text in Jenkins; empty: the public index, without a password';

async function askKind(before: PipelineAnswers['kind']): Promise<PipelineAnswers['kind']> {
  const kinds = [
    {
      label: 'One Pipeline',
      detail: 'A Jenkinsfile with all stages, and one that brings back what died',
      value: 'single' as const,
    },
    {
      label: 'A Chain of Six Jobs',
      detail: 'Pull, container, train, tweak, retrain, monitor; made by one Job DSL script',
      value: 'chain' as const,
    },
  ];
  return (await window.showQuickPick(kinds, { title: 'Hone: Which kind?', ignoreFocusOut: true }))?.value ?? before;
}

type Check = (text: string) => string | null;

async function askText(title: string, before: string, prompt: string, validateInput: Check = () => null): Promise<string> {
  const typed = await window.showInputBox({
    title: `Hone: ${title}`,
    value: before,
    prompt,
    validateInput,
    ignoreFocusOut: true,
  });
  return typed === undefined ? before : typed.trim();
}

function isFilled(text: string): string | null {
  return text.trim() === '' ? 'Builds need to take it from somewhere.' : null;
}

function areAddresses(text: string): string | null {
  const wrong = addressesIn(text).find((address) => !isPlainAddress(address));
  return wrong === undefined ? null : `${wrong} is no plain mail address.`;
}

function addressesIn(text: string): string[] {
  return text
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
}
