// `sjcode serve DIR`: the verification site on this machine, for a try. A real site is any web server
// (examples/nginx.conf).
#include "commands.h"
#include "terminal.h"

#include <httplib.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

namespace sjcode::cli {
namespace {

constexpr const char* loopback = "127.0.0.1";
constexpr int default_port = 8080;
constexpr std::size_t longest_address = 8000;
/// Larger scripts go out as they are: the server library would compress them anew for each request, as hard as it can,
/// which takes seconds for the reader of PDFs. On this machine nothing is gained by it.
constexpr std::size_t largest_compressed = 500'000;

struct Options {
    std::string folder;
    int port = default_port;
    int seconds = 0;  ///< 0: until it is stopped
};

/// The same headers as in examples/nginx.conf; docs/site.md says why each is there.
httplib::Headers headers(const char* caching) {
    return {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
         "connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; media-src 'self' blob:; "
         "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(self), microphone=(), geolocation=()"},
        {"Cache-Control", caching},
    };
}

/// Pages and trust records grow old; the parts have their digests in their names.
constexpr const char* ask_again = "no-cache";
constexpr const char* keep = "public, max-age=31536000, immutable";

void leave_uncompressed(const httplib::Request& /*request*/, httplib::Response& response) {
    if (response.body.size() <= largest_compressed) return;
    const auto type = response.get_header_value("Content-Type");
    if (!type.starts_with("text/javascript")) return;
    // A script under either name; this one is not on the library's list of what it compresses.
    response.headers.erase("Content-Type");
    response.set_header("Content-Type", "application/x-javascript");
}

/// Sends the page of one form of address: what stands behind /r/ and /n/ is read by the page itself.
httplib::Server::Handler page(std::string file) {
    return [file = std::move(file)](const httplib::Request& /*request*/, httplib::Response& response) {
        const auto text = read_text_file(file);
        if (!text) {
            response.status = 404;
            return;
        }
        response.set_content(*text, "text/html; charset=utf-8");
        for (const auto& [name, value] : headers(ask_again)) response.set_header(name, value);
    };
}

int serve(const Options& options) {
    const std::filesystem::path folder(options.folder);
    std::error_code ignored;
    for (const auto* name : {"index.html", "r/index.html", "e/index.html", "n/index.html"})
        if (!std::filesystem::is_regular_file(folder / name, ignored))
            return report(Error{"serve.no-site", {{"folder", options.folder}, {"file", name}}, {}, {}, {}});
    httplib::Server server;
    constexpr std::array<std::pair<const char*, const char*>, 8> types{{{"js", "text/javascript; charset=utf-8"},
                                                                        {"mjs", "text/javascript; charset=utf-8"},
                                                                        {"css", "text/css; charset=utf-8"},
                                                                        {"html", "text/html; charset=utf-8"},
                                                                        {"json", "application/json"},
                                                                        {"webmanifest", "application/manifest+json"},
                                                                        {"svg", "image/svg+xml"},
                                                                        {"wasm", "application/wasm"}}};
    for (const auto& [extension, type] : types) server.set_file_extension_and_mimetype_mapping(extension, type);
    server.set_mount_point("/assets", (folder / "assets").string(), headers(keep));
    server.set_file_request_handler(leave_uncompressed);
    if (!server.set_mount_point("/", options.folder, headers(ask_again)))
        return report(Error{"serve.no-site", {{"folder", options.folder}, {"file", "index.html"}}, {}, {}, {}});
    server.set_payload_max_length(longest_address);
    server.Get("/r/[0-9]+", page((folder / "r/index.html").string()));
    server.Get("/n/[^/]+", page((folder / "n/index.html").string()));
    const int port = options.port != 0 && server.bind_to_port(loopback, options.port) ? options.port
                     : options.port == 0 ? server.bind_to_any_port(loopback)
                                         : -1;
    if (port <= 0) return report(Error{"serve.port", {{"port", std::to_string(options.port)}}, {}, {}, {}});
    std::cout << say("cli.serve.ready",
                     {{"address", "http://" + std::string(loopback) + ":" + std::to_string(port) + "/"}})
              << std::endl;
    std::thread stop;
    if (options.seconds > 0)
        stop = std::thread([&server, seconds = options.seconds] {
            std::this_thread::sleep_for(std::chrono::seconds(seconds));
            server.stop();
        });
    const bool served = server.listen_after_bind();
    if (stop.joinable()) stop.join();
    return served ? static_cast<int>(ok) : static_cast<int>(io_error);
}

}  // namespace

void add_serve_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("serve", say("cli.serve.about"));
    auto options = std::make_shared<Options>();
    command->add_option("folder", options->folder, say("cli.serve.option.folder"))->type_name("FOLDER")->required();
    command->add_option("--port", options->port, say("cli.serve.option.port"))
        ->type_name("PORT")
        ->check(CLI::Range(0, 65535));
    command->add_option("--seconds", options->seconds, say("cli.serve.option.seconds"))
        ->type_name("SECONDS")
        ->check(CLI::Range(1, 86'400));
    command->footer(say("cli.serve.example"));
    command->callback([options, &action] { action = [options] { return serve(*options); }; });
}

}  // namespace sjcode::cli
