// The queue's keys, the thread beside the list, bulk selection, and news inside an open thread.
// Everything here improves links and forms that work without it.
import "./queue.js";
import "./list.js";
import "./thread.js";
import "./answer.js";
