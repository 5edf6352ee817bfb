// Runs when the job ends, before the post steps of actions that were started earlier.
"use strict";

const { forget } = require("./variables");

forget(process.env.STATE_variables || "[]");
