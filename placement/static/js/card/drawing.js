// The form of one shift from the shell's templates: the same fields, with the same names, as the page's own.
import { copyOf, put } from './words.js';

const option = (value, text) => Object.assign(document.createElement('option'), { value, textContent: text });

const answer = (model, name, level, place, last) => {
  const choice = model.cloneNode(true);
  const input = choice.querySelector('input');
  input.name = name;
  input.value = level.id;
  input.removeAttribute('id');
  const dot = choice.querySelector('.dot');
  dot.className = `dot help-${Math.round(4 - (4 * place) / last)}`;
  choice.querySelector('.words').textContent = level.name;
  return choice;
};

const question = (task, data) => {
  const part = copyOf('question');
  const name = `task-${task.id}`;
  part.querySelector('legend').textContent = task.name;
  const [model, not] = part.querySelectorAll('.answer');
  const last = Math.max(data.levels.length - 1, 1);
  model.replaceWith(...data.levels.map((level, place) => answer(model, name, level, place, last)));
  not.querySelector('input').name = name;
  const reasons = part.querySelector('select');
  reasons.name = reasons.id = `${name}-reason`;
  reasons.replaceChildren(...data.reasons.map((reason) => option(reason.id, reason.name)));
  part.querySelector('.reasons label').htmlFor = reasons.id;
  return part;
};

const nameThem = (root, name) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = put(walker.currentNode.data, { name });
};

export const drawForm = (data, shift) => {
  const form = copyOf('form');
  // It goes nowhere by itself: what is written leaves the phone by the queue alone, never in an address.
  form.method = 'dialog';
  nameThem(form, data.person);
  form.elements.seen.value = shift.seen;
  form.querySelector('[data-first]').replaceChildren(...shift.tasks.map((task) => question(task, data)));
  const more = form.querySelector('[data-more]');
  more.hidden = data.more_tasks.length === 0;
  more.querySelector('.inner').replaceChildren(...data.more_tasks.map((task) => question(task, data)));
  form.elements.unlisted_level.append(...data.levels.map((level) => option(level.id, level.name)));
  return form;
};
