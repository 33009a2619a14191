// One thing never takes the place of another unasked: "did not come" of answers, answers of "did not come", and
// anything of what was sent before and can't be shown without signal.
import { saysNothing } from './answers.js';
import { describe, names } from './waiting.js';
import { copyOf, words } from './words.js';

const isAbsent = (entry) => entry?.attendance === 'absent';

// The sentence to ask with and what would be lost, null for nothing.
const loss = (entry, written, waiting, unseen) => {
  if (isAbsent(entry)) {
    const lost = [waiting, { ...written, attendance: null }].find((one) => one && !isAbsent(one) && !saysNothing(one));
    if (lost) return { sentence: words.askAbsent, lost };
  } else if (isAbsent(waiting)) return { sentence: words.askAnswers, lost: null };
  return unseen ? { sentence: words.askUnseen, lost: null } : null;
};

// Resolves to whether `entry` may go. `written`: the form as it stands; `waiting`: what waits on this phone, if anything.
export const askFirst = async (form, entry, written, waiting, unseen) => {
  const found = loss(entry, written, waiting, unseen);
  if (!found) return true;
  form.querySelector('[data-ask]')?.remove();
  const part = copyOf('ask');
  part.querySelector('[data-sentence]').textContent = found.sentence;
  if (found.lost) describe(part.querySelector('dl'), found.lost, await names());
  if (isAbsent(entry)) form.querySelector('.came').after(part);
  else form.querySelector('.send').before(part);
  part.focus();
  return new Promise((answer) => {
    const say = (yes) => { part.remove(); answer(yes); };
    part.querySelector('[data-yes]').addEventListener('click', () => say(true));
    part.querySelector('[data-no]').addEventListener('click', () => say(false));
  });
};
