// A run being solved: asks for its page again and shows how far it is, until there is another page to show.
// Without this script, the button "Look again" does the same.
const PAUSE = 1500;
const PATIENT = 10000;

async function look() {
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  } catch {
    return PATIENT; // No connection at the moment: the run goes on without us.
  }
  if (!answer.ok) return PATIENT;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('[data-solving]');
  if (!fresh) {
    location.reload();
    return null;
  }
  show(document.querySelector('[data-solving]'), fresh);
  return PAUSE;
}

// Only what changed is touched, so that a screen reader is not told the same sentence again.
function show(old, fresh) {
  const bar = fresh.querySelector('progress');
  old.querySelector('progress').value = bar.value;
  for (const part of ['[data-percent]', '[data-stage]']) {
    const before = old.querySelector(part);
    const after = fresh.querySelector(part).textContent;
    if (before.textContent !== after) before.textContent = after;
  }
}

async function wait() {
  const pause = document.hidden ? PATIENT : await look();
  if (pause !== null) setTimeout(wait, pause);
}

setTimeout(wait, PAUSE);
