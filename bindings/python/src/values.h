// Frozen value classes: read-only fields, equality, hash and a readable repr, from one list of fields.
#pragma once

#include "convert.h"

#include <string>
#include <utility>

namespace sjcode::python {

/// What repr shows of a value. Those that may name a person stay out of logs and tracebacks.
enum class Shown : bool { no, yes };

/// repr, equality and hash from the names of fields; what is not shown counts for equality all the same.
void finish_value_class(py::object type, const py::tuple& fields, const py::tuple& shown);

/// `ValueClass<T>(module, "Name", "…").field("a", …).field("b", …);` finished when it goes out of scope.
template <class T>
class ValueClass {
public:
    ValueClass(py::module_& module, const char* name, const char* what) : class_(module, name, what, py::is_final()) {}
    ~ValueClass() { finish_value_class(class_, py::tuple(fields_), py::tuple(shown_)); }
    ValueClass(const ValueClass&) = delete;
    ValueClass& operator=(const ValueClass&) = delete;

    /// A getter of T, or a pointer to a member.
    template <class Getter>
    ValueClass& field(const char* name, Getter getter, Shown shown = Shown::yes) {
        if constexpr (std::is_member_object_pointer_v<Getter>)
            class_.def_property_readonly(name, [getter](const T& value) { return value.*getter; });
        else
            class_.def_property_readonly(name, getter);
        fields_.append(name);
        if (shown == Shown::yes) shown_.append(name);
        return *this;
    }

    /// Anything else of the class: methods, constructors.
    template <class... Arguments>
    ValueClass& def(Arguments&&... arguments) {
        class_.def(std::forward<Arguments>(arguments)...);
        return *this;
    }
    template <class... Arguments>
    ValueClass& def_static(Arguments&&... arguments) {
        class_.def_static(std::forward<Arguments>(arguments)...);
        return *this;
    }
    template <class Getter>
    ValueClass& property(const char* name, Getter getter) {
        class_.def_property_readonly(name, getter);
        return *this;
    }

private:
    py::class_<T> class_;
    py::list fields_;
    py::list shown_;
};

}  // namespace sjcode::python
