// Reads the page aloud with voices that live on the device itself: a voice from a server would send the words there.
const box = document.querySelector('[data-aloud]');
const none = document.querySelector('[data-aloud-none]');
const synth = window.speechSynthesis;

if (box && synth) {
  const start = box.querySelector('[data-aloud-start]');
  const stop = box.querySelector('[data-aloud-stop]');
  const language = document.documentElement.lang.slice(0, 2);

  const voice = () =>
    synth.getVoices().find((one) => one.localService && one.lang.slice(0, 2).toLowerCase() === language);

  const offer = () => {
    const found = Boolean(voice());
    box.hidden = !found;
    none.hidden = found;
  };

  // What stands on the page, in its order, without what is hidden, drawn or a control of its own.
  const sentences = () => {
    const parts = document.querySelectorAll(
      '#content :is(h1, h2, h3, p, li, dt, dd, legend, label, figcaption, summary, .btn)',
    );
    const read = [...parts].filter(
      (part) =>
        !part.closest('[data-aloud], [aria-hidden="true"], .visually-hidden, table, svg') &&
        part.checkVisibility() &&
        ![...part.children].some((child) => child.matches('p, li, h2, h3, label, ul, ol')),
    );
    return read.map((part) => part.innerText.trim()).filter(Boolean);
  };

  const end = () => {
    synth.cancel();
    stop.hidden = true;
    start.hidden = false;
  };

  start.addEventListener('click', () => {
    const own = voice();
    const texts = sentences();
    if (!own || !texts.length) return;
    synth.cancel();
    texts.forEach((text, index) => {
      const said = new SpeechSynthesisUtterance(text);
      said.voice = own;
      said.lang = own.lang;
      said.rate = 0.9;
      if (index === texts.length - 1) said.addEventListener('end', end);
      synth.speak(said);
    });
    start.hidden = true;
    stop.hidden = false;
    stop.focus();
  });
  stop.addEventListener('click', () => {
    end();
    start.focus();
  });
  window.addEventListener('pagehide', () => synth.cancel());
  synth.addEventListener('voiceschanged', offer);
  offer();
} else if (none) {
  none.hidden = false;
}
