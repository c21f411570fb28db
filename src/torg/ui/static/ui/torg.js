// Starts the improvements. Each is a module of its own, and each page works without all of them.
import "./appearance.js";
import "./dialogs.js";
import "./drafts.js";
import "./focus.js";
import "./keys.js";
import "./live.js";
import "./reading.js";
import "./rows.js";
import "./times.js";
import "./toasts.js";
