// What GitHub's runner is told of variables, by the grammar of its files: NAME=VALUE, or NAME<<DELIMITER, lines and the delimiter.
"use strict";

const fs = require("fs");

// A variable that exists cannot be removed by any means of the runner (actions/runner#1126): it can be emptied. Programs of later
// post steps then see an empty value and not the secret.
function emptied(names) {
    return names.map((name) => `${name}=\n`).join("");
}

function parse(text) {
    const names = JSON.parse(text);
    if (!Array.isArray(names) || !names.every((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))) {
        throw new Error("the input variables is no JSON array of names");
    }
    return names;
}

function append(variable, text) {
    const file = process.env[variable];
    if (!file) {
        throw new Error(`${variable} is not set: this is a part of an action of GitHub`);
    }
    fs.appendFileSync(file, text);
}

// What fails is told as an annotation, without a trace of our own functions.
function told(work) {
    try {
        work();
    } catch (error) {
        console.log(`::error title=inject::${error.message.replace(/%/g, "%25").replace(/[\r\n]+/g, " ")}`);
        process.exitCode = 1;
    }
}

exports.remember = (text) => told(() => append("GITHUB_STATE", `variables=${JSON.stringify(parse(text))}\n`));

exports.forget = (text) =>
    told(() => {
        const names = parse(text);
        append("GITHUB_ENV", emptied(names));
        if (names.length > 0) {
            console.log(`inject: emptied ${names.join(", ")}`);
        }
    });
