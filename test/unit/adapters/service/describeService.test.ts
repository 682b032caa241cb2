import { describe, expect, test } from 'vitest';
import { describeService } from '../../../../src/adapters/service/describeService.ts';

const odd = { program: '/opt/no de/node', commandLine: '/home/ü/100%/a"b$c/cli.js', home: '/home/ü', env: {} };

describe('the service that looks after studies', () => {
  test('is a unit of systemd whose words survive its quoting', () => {
    const { path, text, on } = describeService({ platform: 'linux', ...odd });
    expect(path).toBe('/home/ü/.config/systemd/user/hone-monitor.service');
    expect(text).toContain('ExecStart="/opt/no de/node" "/home/ü/100%%/a\\"b$$c/cli.js" "monitor" "--all"\n');
    expect(text).toContain('KillMode=process\n');
    expect(on[0]).toContain('systemctl --user');
  });

  test('is an agent of launchd', () => {
    const { path, text } = describeService({ platform: 'darwin', ...odd });
    expect(path).toBe('/home/ü/Library/LaunchAgents/dev.hone.monitor.plist');
    expect(text).toContain('<string>/home/ü/100%/a&quot;b$c/cli.js</string>');
  });

  test('is a task of Windows', () => {
    const windows = { ...odd, commandLine: 'C:\\R&D\\cli.js', env: { LOCALAPPDATA: 'C:\\Users\\x\\AppData\\Local' } };
    const { path, text, on } = describeService({ platform: 'win32', ...windows });
    expect(path).toBe('C:\\Users\\x\\AppData\\Local\\hone\\hone-monitor.xml');
    expect(text).toContain('<Arguments>"C:\\R&amp;D\\cli.js" monitor --all</Arguments>');
    expect(on[0]).toContain('schtasks /create');
  });
});
