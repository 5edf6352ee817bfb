#define _GNU_SOURCE
/* Sends the requests of a file over some connections as fast as they are answered, and prints what came of it.
   Usage: load PORT CONNECTIONS FILE. The file has requests with their length in a line before each. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int count = atoi(argv[2]);
    FILE *file = fopen(argv[3], "r");
    if (!file) return 2;
    static char *requests[1 << 20];
    static size_t lengths[1 << 20];
    static double took[1 << 20];
    int total = 0;
    for (size_t length; total < 1 << 20 && fscanf(file, "%zu", &length) == 1; total++) {
        fgetc(file);
        requests[total] = malloc(length);
        lengths[total] = fread(requests[total], 1, length, file);
    }
    struct pollfd *polled = calloc(count, sizeof *polled);
    char(*answers)[8192] = calloc(count, sizeof *answers);
    size_t *have = calloc(count, sizeof *have);
    double *began = calloc(count, sizeof *began);
    int next = 0, done = 0, good = 0, busy = 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < count; i++) {
        polled[i].fd = socket(AF_INET, SOCK_STREAM, 0);
        polled[i].events = POLLIN;
        if (connect(polled[i].fd, (struct sockaddr *)&address, sizeof address)) return 1;
    }
    double start = now();
    for (int i = 0; i < count && next < total; i++, next++, busy++) {
        began[i] = now();
        if (send(polled[i].fd, requests[next], lengths[next], 0) < 0) return 1;
    }
    while (busy > 0 && poll(polled, count, 30000) > 0) {
        for (int i = 0; i < count; i++) {
            if (!(polled[i].revents & (POLLIN | POLLHUP))) continue;
            ssize_t got = recv(polled[i].fd, answers[i] + have[i], sizeof answers[i] - have[i] - 1, 0);
            if (got <= 0) return fprintf(stderr, "a connection ended after %d answers\n", done), 1;
            have[i] += got;
            answers[i][have[i]] = 0;
            char *end = strstr(answers[i], "\r\n\r\n"), *field = strcasestr(answers[i], "content-length: ");
            if (!end || !field || have[i] < (size_t)(end + 4 - answers[i]) + atoi(field + 16)) continue;
            took[done++] = now() - began[i];
            good += !strncmp(answers[i] + 9, "200", 3);
            have[i] = 0;
            if (next == total) {
                busy--;
                polled[i].events = 0;
                continue;
            }
            began[i] = now();
            if (send(polled[i].fd, requests[next], lengths[next], 0) < 0) return 1;
            next++;
        }
    }
    double seconds = now() - start;
    qsort(took, done, sizeof *took, ascending);
    printf("%.0f %d %d %.1f %.1f\n", done / seconds, done, good, took[done / 2] * 1e3, took[done * 99 / 100] * 1e3);
    return done != total;
}
