// What this phone keeps of the card, in IndexedDB: the card itself, what is being filled in, and what waits to be sent.
// Nothing else is stored anywhere, and `wipe` takes all of it away.
const NAME = 'placement-card';
const ROOMS = { entries: 'key', drafts: 'id', card: 'id' };
const FORMAT = 2;

let opened = null;

const open = () => {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, FORMAT);
    asked.onupgradeneeded = ({ oldVersion }) => {
      const base = asked.result;
      // Drafts of the first version do not say whose they are.
      if (oldVersion === 1) base.deleteObjectStore('drafts');
      for (const [room, key] of Object.entries(ROOMS)) {
        if (!base.objectStoreNames.contains(room)) base.createObjectStore(room, { keyPath: key });
      }
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      done(asked.result);
    };
    asked.onerror = () => failed(asked.error);
  }).catch((error) => { opened = null; throw error; });
  return opened;
};

// Runs `work` in one transaction and waits until it is on the disk; a page that is closed right after loses nothing.
const inside = async (rooms, mode, work) => {
  const base = await open();
  return new Promise((done, failed) => {
    const change = base.transaction(rooms, mode, mode === 'readwrite' ? { durability: 'strict' } : {});
    const asked = work(change);
    change.oncomplete = () => done(asked?.result);
    change.onabort = change.onerror = () => failed(change.error);
  });
};

export const all = (room) => inside([room], 'readonly', (change) => change.objectStore(room).getAll());
export const get = (room, key) => inside([room], 'readonly', (change) => change.objectStore(room).get(key));
export const put = (room, value) => inside([room], 'readwrite', (change) => change.objectStore(room).put(value));
export const drop = (room, key) => inside([room], 'readwrite', (change) => change.objectStore(room).delete(key));
export const empty = (...rooms) => inside(rooms, 'readwrite', (change) => {
  for (const room of rooms) change.objectStore(room).clear();
});
export const wipe = () => empty(...Object.keys(ROOMS));

// One entry in, the one it takes the place of and its draft out: all of it or nothing.
export const queue = (entry, draft, replaces) => inside(['entries', 'drafts'], 'readwrite', (change) => {
  if (replaces) change.objectStore('entries').delete(replaces);
  change.objectStore('entries').put(entry);
  change.objectStore('drafts').delete(draft);
});
