// "I'm worried" and "accident" while there is signal: the same pages as without this, that also work once it is gone.
import { keepTold, drawTold } from './telling.js';
import { keepSending } from './waiting.js';

const box = document.querySelector('[data-tell]');
const form = box?.querySelector('form');

const start = async () => {
  if (form) {
    const { tell: kind, card, shift } = box.dataset;
    await keepTold(form, { card, kind, shift }, (became) => drawTold(box, box.dataset.saved, became));
  }
  await keepSending();
};

start().catch(() => { /* no storage: everything works as it does without a script */ });
