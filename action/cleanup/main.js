// Remembers which variables are to be emptied: the runner hands this step's state to its post step.
"use strict";

const { remember } = require("./variables");

remember(process.env.INPUT_VARIABLES || "");
