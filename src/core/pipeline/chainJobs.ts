import type { ChainJob } from './chainPipelines.ts';
import type { Step } from './PipelineModel.ts';
import type { PipelineRequest } from './PipelineRequest.ts';

/** Where the Jenkinsfiles of a chain are, relative to the folder. */
export function chainPath({ name }: Pick<ChainJob, 'name'>): string {
  return `jenkins/${name}.Jenkinsfile`;
}

/** The Job DSL script that makes the jobs of a chain, in a folder of their own with a view that lists them in order. */
export function chainJobs(request: PipelineRequest, jobs: readonly ChainJob[]): readonly Step[] {
  const { name } = request;
  return [
    {
      call: 'folder',
      argument: name,
      steps: [{ call: 'description', argument: 'Trains, and tunes where that misses the target.' }],
    },
    ...jobs.map((job) => jobOf(request, job)),
    {
      call: 'listView',
      argument: `${name}/chain`,
      steps: [
        { call: 'jobs', steps: jobs.map((job) => ({ call: 'name', argument: job.name })) },
        {
          call: 'columns',
          steps: ['status', 'name', 'lastSuccess', 'lastFailure', 'lastDuration', 'buildButton'].map((call) => ({ call })),
        },
      ],
    },
  ];
}

function jobOf({ name, directory, remote }: PipelineRequest, job: ChainJob): Step {
  const script = `${directory === '' ? '' : `${directory}/`}${chainPath(job)}`;
  const git: readonly Step[] = [
    { call: 'remote', steps: [{ call: 'url', argument: remote?.url ?? '' }] },
    { call: 'branch', argument: `refs/heads/${remote?.branch ?? 'main'}` },
  ];
  return {
    call: 'pipelineJob',
    argument: `${name}/${job.name}`,
    steps: [
      { call: 'description', argument: job.title },
      {
        call: 'definition',
        steps: [
          {
            call: 'cpsScm',
            steps: [
              { call: 'scm', steps: [{ call: 'git', steps: git }] },
              { call: 'scriptPath', argument: script },
              { call: 'lightweight', argument: true },
            ],
          },
        ],
      },
    ],
  };
}
