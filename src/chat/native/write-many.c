/*
 * The same bytes to many sockets in one call: what socket.write() does for each of them in JavaScript takes a
 * quarter of a write's time again. scripts/native.mjs compiles it where there is a compiler; ../write-many.ts says
 * to which sockets it may write.
 */
#include <errno.h>
#include <node_api.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

static void refuse(napi_env env)
{
    napi_throw_type_error(env, NULL, "writeMany takes an Int32Array of descriptors, how many of them, and a Buffer");
}

/* Never waits, and never raises SIGPIPE. */
static int32_t write_one(int descriptor, const void *bytes, size_t length)
{
    ssize_t taken;
    do
        taken = send(descriptor, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    while (taken < 0 && errno == EINTR);
    return taken < 0 ? -errno : (int32_t)taken;
}

/* writeMany(descriptors, count, bytes): the first `count` descriptors become how many bytes each took, or -errno. */
static napi_value write_many(napi_env env, napi_callback_info info)
{
    napi_value arguments[3];
    size_t given = 3, places, length;
    napi_typedarray_type type;
    void *descriptors, *bytes;
    uint32_t count;
    bool is_typed = false, is_buffer = false;

    if (napi_get_cb_info(env, info, &given, arguments, NULL, NULL) != napi_ok || given < 3) {
        refuse(env);
        return NULL;
    }
    napi_is_typedarray(env, arguments[0], &is_typed);
    napi_is_buffer(env, arguments[2], &is_buffer);
    if (!is_typed || !is_buffer
        || napi_get_typedarray_info(env, arguments[0], &type, &places, &descriptors, NULL, NULL) != napi_ok
        || napi_get_value_uint32(env, arguments[1], &count) != napi_ok
        || napi_get_buffer_info(env, arguments[2], &bytes, &length) != napi_ok
        || type != napi_int32_array || count > places || length > INT32_MAX) {
        refuse(env);
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        int32_t *place = (int32_t *)descriptors + i;
        *place = write_one(*place, bytes, length);
    }
    return NULL;
}

NAPI_MODULE_INIT()
{
    napi_value function;
    if (napi_create_function(env, "writeMany", NAPI_AUTO_LENGTH, write_many, NULL, &function) != napi_ok
        || napi_set_named_property(env, exports, "writeMany", function) != napi_ok)
        return NULL;
    return exports;
}
