// Runs in the window: records each text of the row with a name and when it came. Evaluates to a function of that name.
(name) => {
  const viewlet = document.querySelector('.composite.viewlet') ?? document.body;
  const find = () => [...viewlet.querySelectorAll('.monaco-list-row')].find(({ textContent }) => textContent.includes(name));
  const seen = [];
  let last = find()?.textContent ?? '';
  const look = () => {
    const text = find()?.textContent ?? last;
    if (text !== last) seen.push({ text, time: Date.now() });
    last = text;
  };
  new MutationObserver(look).observe(viewlet, { subtree: true, childList: true, characterData: true });
  window.recordedRows = seen;
};
