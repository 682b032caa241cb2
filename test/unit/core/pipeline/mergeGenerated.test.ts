import { describe, expect, it } from 'vitest';
import { generatePipeline } from '../../../../src/core/pipeline/generatePipeline.ts';
import { mergeGenerated } from '../../../../src/core/pipeline/mergeGenerated.ts';
import type { PipelineRequest } from '../../../../src/core/pipeline/PipelineRequest.ts';
import { harmlessRequest } from '../../../fakes/harmlessRequest.ts';

/** A person's edits of a generated file, then another wish: what must be there afterwards, and what must not. */
interface Fixture {
  readonly path?: string;
  /** Each a text that is there, and what is put in its place. */
  readonly edits: readonly (readonly [string | RegExp, string])[];
  readonly wish?: Partial<PipelineRequest>;
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
  /** What the person has where both changed the same line. */
  readonly conflicts?: readonly string[];
}

const OTHER: Partial<PipelineRequest> = { label: 'gpu-box' };

const fixtures: Readonly<Record<string, Fixture>> = {
  'nothing edited': { edits: [], wish: OTHER, has: ["label 'gpu-box'"], lacks: ["label 'docker'"] },
  'a line above the marks': { edits: [[/^/u, '// Ours.\n']], wish: OTHER, has: ['// Ours.\n// hone:begin', "label 'gpu-box'"] },
  'a function below the marks': {
    edits: [[/$/u, 'def ours() { 1 }\n']],
    wish: OTHER,
    has: ['// hone:end\ndef ours()', "'gpu-box'"],
  },
  'a stage added': {
    edits: [["    stage('Detect') {", "    stage('Ours') {\n      steps { echo('ours') }\n    }\n    stage('Detect') {"]],
    wish: OTHER,
    has: ["stage('Ours')", "echo('ours')", "'gpu-box'"],
  },
  'another schedule': {
    edits: [['H/15', 'H/5']],
    wish: { hone: 'hone-ml@0.2.0' },
    has: ['H/5', 'hone-ml@0.2.0'],
    lacks: ['0.1.0'],
  },
  'a stage removed': {
    edits: [[/ {4}stage\('Detect'\)[^]*?(?= {4}stage\('Image'\))/u, '']],
    wish: { gpus: null },
    has: ["stage('Image')"],
    lacks: ["stage('Detect')", 'lock('],
  },
  'an option added': {
    edits: [['  options {\n', '  options {\n    timestamps()\n']],
    wish: OTHER,
    has: ['timestamps()', "'gpu-box'"],
  },
  'an option changed': { edits: [['time: 12', 'time: 48']], wish: { to: [] }, has: ['time: 48', '$DEFAULT_RECIPIENTS'] },
  'a parameter added': {
    edits: [['  parameters {\n', "  parameters {\n    string(name: 'OURS', defaultValue: '')\n"]],
    wish: { indexCredentials: null },
    has: ["name: 'OURS'"],
    lacks: ['withCredentials'],
  },
  'a variable added': {
    edits: [["    HONE_NAME = 'digits'", "    OURS = '1'\n    HONE_NAME = 'digits'"]],
    wish: { script: 'fit.py' },
    has: ["OURS = '1'", "HONE_SCRIPT = 'fit.py'"],
  },
  'another folder': {
    edits: [['H/15', 'H/5']],
    wish: { directory: 'other' },
    has: ['H/5', "dir('other')"],
    lacks: ['models/digits'],
  },
  'a step at the end of the build': {
    edits: [['  post {\n', "  post {\n    failure {\n      echo('ours')\n    }\n"]],
    wish: { to: ['other@example.org'] },
    has: ["echo('ours')", 'other@example.org'],
  },
  'a step within a stage': {
    edits: [["sh('sh jenkins/hone.sh image')", "sh('sh jenkins/hone.sh image')\n            echo('ours')"]],
    wish: { gpus: 4 },
    has: ["echo('ours')", 'quantity: 4'],
  },
  'Windows line ends': {
    edits: [
      [/\n/gu, '\r\n'],
      ['H/15', 'H/5'],
    ],
    wish: OTHER,
    has: ["label 'gpu-box'\r\n", 'H/5'],
    lacks: ['}\n}'],
  },
  'the same line, another value': {
    edits: [["label 'docker'", "label 'ours'"]],
    wish: OTHER,
    has: ["label 'ours'"],
    conflicts: ["label 'ours'"],
  },
  'the same line, the same value': { edits: [["label 'docker'", "label 'gpu-box'"]], wish: OTHER, has: ["label 'gpu-box'"] },
  'a conflict beside another change': {
    edits: [["label 'docker'", "label 'ours'"]],
    wish: { ...OTHER, script: 'fit.py' },
    has: ["label 'ours'", "'fit.py'"],
    conflicts: ["label 'ours'"],
  },
  'the mark at the end removed': { edits: [['// hone:end\n', '']], wish: OTHER, has: ["'gpu-box'"], lacks: ['hone:end'] },
  'the last line end removed': { edits: [[/\n$/u, '']], wish: OTHER, has: ["'gpu-box'"] },
  'a byte order mark': { edits: [[/^/u, '\uFEFF']], wish: OTHER, has: ['\uFEFF// hone:begin', "'gpu-box'"] },
  'an edit and no other wish': { edits: [['time: 12', 'time: 48']], has: ['time: 48'] },
  'the monitor edited': { path: 'Jenkinsfile.monitor', edits: [['H/10', 'H/2']], wish: OTHER, has: ['H/2', "'gpu-box'"] },
  'the shell script edited': {
    path: 'jenkins/hone.sh',
    edits: [['set -eu\n', 'set -eu\nexport OURS=1\n']],
    has: ['export OURS=1'],
  },
};

function generated(path: string, wish: Partial<PipelineRequest> = {}): string {
  const file = generatePipeline('single', { ...harmlessRequest, ...wish }).find((one) => one.path === path);
  return file?.text ?? '';
}

function edited(text: string, edits: Fixture['edits']): string {
  return edits.reduce((before, [from, to]) => {
    const after = before.replace(from, () => to);
    expect(after, `${String(from)} is not there`).not.toBe(before);
    return after;
  }, text);
}

describe('mergeGenerated', () => {
  it.each(Object.entries(fixtures))('keeps what a person did: %s', (_, { path = 'Jenkinsfile', edits, wish, ...expected }) => {
    const base = generated(path);
    const now = edited(base, edits);
    const wanted = generated(path, wish);
    const { text, conflicts } = merged(base, now, wanted);
    for (const part of expected.has ?? []) expect(text).toContain(part);
    for (const part of expected.lacks ?? []) expect(text).not.toContain(part);
    expect(text).not.toMatch(/^(<{7}|={7}|>{7})/mu);
    expect(conflicts.map((conflict) => conflict.now)).toEqual(expected.conflicts ?? []);
    expect(merged(wanted, text, wanted)).toEqual({ text, conflicts: [] });
  });

  it('makes a file that is not there', () => {
    expect(mergeGenerated(null, null, 'new')).toEqual({ state: 'created', text: 'new', conflicts: [] });
  });

  it('leaves a file alone that has no mark', () => {
    const text = "pipeline { agent any; stages { stage('hone:begin') { steps { echo 'hone:begin' } } } }\n";
    expect(mergeGenerated(null, text, generated('Jenkinsfile')).state).toBe('foreign');
  });

  it('leaves a file alone of which nobody knows what was generated', () => {
    expect(mergeGenerated(null, generated('Jenkinsfile'), generated('Jenkinsfile', OTHER)).state).toBe('baseless');
  });
});

function merged(
  base: string,
  now: string,
  wanted: string,
): { readonly text: string; readonly conflicts: readonly { now: string }[] } {
  const result = mergeGenerated(base, now, wanted);
  if (result.text === null) throw new Error(result.state);
  return { text: result.text, conflicts: result.conflicts };
}
