// Pages around the card: what waits is sent from here, too; where the phone is let in no longer, nothing of the card stays.
import { deliver, refresh } from './send.js';
import { get, wipe } from './store.js';
import { keepSending } from './waiting.js';

const leave = async () => {
  if (document.querySelector('[data-card-forgotten]')) await wipe();
  else {
    await keepSending();
    // A phone that keeps nothing has nothing to ask about.
    if (document.querySelector('[data-card-outside]') && await get('card', 'now')) await refresh();
  }
};

// The next card takes the place of this one: whatever was written for this one goes first.
const entering = document.querySelector('form[data-card-enter]');
entering?.addEventListener('submit', async (event) => {
  event.preventDefault();
  await deliver().catch(() => {});
  HTMLFormElement.prototype.submit.call(entering);
});
leave().catch(() => { /* no storage: nothing was kept */ });
