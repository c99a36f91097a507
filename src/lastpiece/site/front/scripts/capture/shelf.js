// Where locked reports wait on the device: the browser's own database, or memory where there is none. Each stands under
// a random name, so that their order says nothing.
const STORE = "locked";

export async function openShelf() {
  try {
    return inDatabase(await opened());
  } catch {
    return inMemory();
  }
}

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("lastpiece", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(new Error("no database"));
  });
}

function inDatabase(database) {
  const run = (mode, doing) =>
    new Promise((resolve, reject) => {
      const turn = database.transaction(STORE, mode, { durability: "strict" });
      const asked = doing(turn.objectStore(STORE));
      turn.oncomplete = () => resolve(asked.result); // on the disk, not only promised
      turn.onerror = turn.onabort = () => reject(turn.error ?? new Error("not kept"));
    });
  return {
    lasts: true,
    put: (name, envelope) => run("readwrite", (store) => store.put(envelope, name)),
    all: () => run("readonly", (store) => store.getAll()),
    count: () => run("readonly", (store) => store.count()),
    clear: () => run("readwrite", (store) => store.clear()),
  };
}

function inMemory() {
  const kept = new Map();
  return {
    lasts: false,
    put: async (name, envelope) => void kept.set(name, envelope),
    all: async () => [...kept.values()],
    count: async () => kept.size,
    clear: async () => kept.clear(),
  };
}
