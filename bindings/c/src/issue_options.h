// The handle of how to issue.
#pragma once

#include "sjcode/issue.h"
#include "sjcode/sjcode_issue.h"

struct sjcode_issue_options {
    sjcode::IssueOptions options{};
};
