/**
 * The files of a drop, those of dropped folders among them, in the order they were dropped. What lies in the
 * transfer is taken at once: a browser empties it as soon as the event has been told.
 */
export async function droppedFiles({ items }: Pick<DataTransfer, "items">): Promise<File[]> {
  const taken = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const files: File[] = [];
  for (const one of taken) if (one) files.push(...("isFile" in one ? await filesIn(one) : [one]));
  return files;
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  // A reader tells a folder in parts, and its end by an empty one.
  for (let part = await partOf(reader); part.length > 0; part = await partOf(reader))
    for (const inside of part) files.push(...(await filesIn(inside)));
  return files;
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

const partOf = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
