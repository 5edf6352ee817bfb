// The least a program can do for the main job with libcurl: ask for a token, exchange it, fetch the secrets in parallel.
// Verifies nothing, signs nothing, masks nothing: what `inject` does besides is the distance to this.
//
// usage: floor TOKEN_URL STS_URL STORE_URL SECRETS [CA_FILE]
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 20 };

struct body {
    char *text;
    size_t size;
};

static const char *authorities;

static size_t collect(char *part, size_t size, size_t count, void *context) {
    struct body *body = context;
    char *longer = realloc(body->text, body->size + size * count + 1);
    if (longer == NULL) return 0;
    memcpy(longer + body->size, part, size * count);
    body->text = longer;
    body->size += size * count;
    longer[body->size] = 0;
    return size * count;
}

static CURL *request(const char *url, struct curl_slist *headers, const char *form, struct body *body) {
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    if (authorities != NULL) curl_easy_setopt(easy, CURLOPT_CAINFO, authorities);
    if (form != NULL) curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, form);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, body);
    return easy;
}

static int occurrences(const char *text, const char *word) {
    int count = 0;
    while (text != NULL && (text = strstr(text, word)) != NULL) count++, text++;
    return count;
}

int main(int argc, char **argv) {
    if (argc < 5) return 2;
    int secrets = atoi(argv[4]);
    if (argc > 5) authorities = argv[5];
    curl_global_init(CURL_GLOBAL_DEFAULT);

    struct body token = {0};
    struct curl_slist *bearer = curl_slist_append(NULL, "Authorization: Bearer runner");
    if (curl_easy_perform(request(argv[1], bearer, NULL, &token)) != CURLE_OK) return 1;
    char *value = strstr(token.text, "\"value\":\"");
    if (value == NULL) return 1;
    value += strlen("\"value\":\"");
    *strchr(value, '"') = 0;

    char *form = malloc(strlen(value) + 512);
    sprintf(form,
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=floor"
            "&RoleArn=arn:aws:iam::123456789012:role/inject&WebIdentityToken=%s", value);
    struct body session = {0};
    if (curl_easy_perform(request(argv[2], NULL, form, &session)) != CURLE_OK) return 1;
    if (strstr(session.text, "<AccessKeyId>") == NULL) return 1;

    struct curl_slist *headers = curl_slist_append(NULL, "X-Amz-Target: secretsmanager.BatchGetSecretValue");
    headers = curl_slist_append(headers, "Content-Type: application/x-amz-json-1.1");
    headers = curl_slist_append(
        headers, "Authorization: AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/secretsmanager/aws4_request, "
                 "SignedHeaders=host, Signature=0");
    int batches = (secrets + BATCH - 1) / BATCH;
    struct body *bodies = calloc(batches, sizeof *bodies);
    CURLM *multi = curl_multi_init();
    for (int batch = 0; batch < batches; batch++) {
        char names[4096];
        int length = sprintf(names, "{\"SecretIdList\":[");
        for (int i = batch * BATCH; i < secrets && i < (batch + 1) * BATCH; i++)
            length += sprintf(names + length, "%s\"s%d\"", i > batch * BATCH ? "," : "", i);
        sprintf(names + length, "]}");
        curl_multi_add_handle(multi, request(argv[3], headers, names, &bodies[batch]));
    }
    for (int running = 1; running > 0;) {
        curl_multi_perform(multi, &running);
        if (running > 0) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    int found = 0;
    for (int batch = 0; batch < batches; batch++) found += occurrences(bodies[batch].text, "\"SecretString\"");
    return found == secrets ? 0 : 1;
}
