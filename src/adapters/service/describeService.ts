import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** A service as one operating system has it. */
export interface ServiceFile {
  /** Absolute path of its file. */
  readonly path: string;
  readonly text: string;
  /** How it is switched on, and off again before its file goes. */
  readonly on: readonly string[];
  readonly off: readonly string[];
}

export interface ServiceSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Absolute path of Node, and of the bundled command line. */
  readonly program: string;
  readonly commandLine: string;
}

const NAME = 'hone-monitor';
const LABEL = 'dev.hone.monitor';

/** Surroundings of this process. */
export function ownSurroundings(commandLine: string): ServiceSurroundings {
  return { platform: process.platform, env: process.env, home: homedir(), program: process.execPath, commandLine };
}

/** The file of the service that runs `hone monitor --all`: a unit of systemd, an agent of launchd, or a task of Windows. */
export function describeService(surroundings: ServiceSurroundings): ServiceFile {
  if (surroundings.platform === 'win32') return describeTask(surroundings);
  return surroundings.platform === 'darwin' ? describeAgent(surroundings) : describeUnit(surroundings);
}

function describeUnit({ env, home, program, commandLine }: ServiceSurroundings): ServiceFile {
  const path = posix.join(env['XDG_CONFIG_HOME'] || posix.join(home, '.config'), 'systemd', 'user', `${NAME}.service`);
  const text = `[Unit]
Description=Hone brings back studies that lost their supervisor

[Service]
ExecStart=${[program, commandLine, 'monitor', '--all'].map(quoteForUnit).join(' ')}
Environment=ELECTRON_RUN_AS_NODE=1
Restart=on-failure
RestartSec=30
# What it starts goes on without it.
KillMode=process

[Install]
WantedBy=default.target
`;
  return {
    path,
    text,
    on: [
      `systemctl --user daemon-reload && systemctl --user enable --now ${NAME}`,
      'loginctl enable-linger lets it run from the start of the machine, before you log in.',
    ],
    off: [`systemctl --user disable --now ${NAME}`],
  };
}

function describeAgent({ home, program, commandLine }: ServiceSurroundings): ServiceFile {
  const path = posix.join(home, 'Library', 'LaunchAgents', `${LABEL}.plist`);
  const strings = [program, commandLine, 'monitor', '--all'].map((word) => `    <string>${escapeXml(word)}</string>`);
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${strings.join('\n')}
  </array>
  <key>EnvironmentVariables</key>
  <dict>
    <key>ELECTRON_RUN_AS_NODE</key>
    <string>1</string>
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>AbandonProcessGroup</key>
  <true/>
</dict>
</plist>
`;
  return { path, text, on: [`launchctl load -w "${path}"`], off: [`launchctl unload -w "${path}"`] };
}

function describeTask({ env, home, program, commandLine }: ServiceSurroundings): ServiceFile {
  const path = win32.join(env['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'hone', `${NAME}.xml`);
  const text = `<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    <LogonTrigger><Enabled>true</Enabled></LogonTrigger>
  </Triggers>
  <Settings>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
  </Settings>
  <Actions>
    <Exec>
      <Command>${escapeXml(program)}</Command>
      <Arguments>"${escapeXml(commandLine)}" monitor --all</Arguments>
    </Exec>
  </Actions>
</Task>
`;
  return { path, text, on: [`schtasks /create /tn ${NAME} /xml "${path}"`], off: [`schtasks /delete /tn ${NAME} /f`] };
}

/** As systemd reads a word of a command: specifiers and variables are doubled. */
function quoteForUnit(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped}"`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
