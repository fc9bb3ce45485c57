# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Flags that every target of Tagboat is compiled with; nothing outside Tagboat sees them.
add_library(tagboat_flags INTERFACE)
target_compile_options(tagboat_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion)
if(TAGBOAT_WERROR)
    target_compile_options(tagboat_flags INTERFACE -Werror)
endif()
if(TAGBOAT_SANITIZE)
    target_compile_options(tagboat_flags INTERFACE -fsanitize=${TAGBOAT_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(tagboat_flags INTERFACE -fsanitize=${TAGBOAT_SANITIZE})
endif()
target_compile_definitions(tagboat_flags INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_STRICT_ITERATORS QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_UP_TO=0x060800
    TAGBOAT_VERSION="${PROJECT_VERSION}")

# Qt Test's own QTRY_ macros narrow where they are expanded. Comes after tagboat_flags, so that it has the last word.
add_library(tagboat_test_flags INTERFACE)
target_compile_options(tagboat_test_flags INTERFACE -Wno-conversion)

# What ships is linked into one program. With hundreds of test programs that would be the same code hundreds of times:
# gigabytes, and most of the time that a build takes after a small change.
if(TAGBOAT_SHARED)
    set(tagboat_floor_kind SHARED)
else()
    set(tagboat_floor_kind STATIC)
endif()

# tagboat_floor(NAME SOURCES ... LINKS ...): one folder of src/ as the library Tagboat::NAME.
# Sources are listed, headers with Q_OBJECT too. LINKS are public.
function(tagboat_floor name)
    cmake_parse_arguments(floor "" "" "SOURCES;LINKS" ${ARGN})
    if(floor_SOURCES)
        add_library(tagboat_${name} ${tagboat_floor_kind} ${floor_SOURCES})
        target_include_directories(tagboat_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
        target_link_libraries(tagboat_${name} PUBLIC ${floor_LINKS} PRIVATE tagboat_flags)
        set_target_properties(tagboat_${name} PROPERTIES AUTOMOC ON DEFINE_SYMBOL "")
    else()
        add_library(tagboat_${name} INTERFACE)
        target_include_directories(tagboat_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
        target_link_libraries(tagboat_${name} INTERFACE ${floor_LINKS})
    endif()
    add_library(Tagboat::${name} ALIAS tagboat_${name})
endfunction()

# tagboat_test(NAME [SOURCES ...] LINKS ... [LABELS ...] [TIMEOUT s]): a Qt Test program from NAME.cpp in the current folder.
function(tagboat_test name)
    cmake_parse_arguments(test "" "TIMEOUT" "SOURCES;LINKS;LABELS;ENVIRONMENT" ${ARGN})
    add_executable(${name} ${name}.cpp ${test_SOURCES})
    target_link_libraries(${name} PRIVATE Qt6::Test ${test_LINKS} tagboat_flags tagboat_test_flags)
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${name})
    if(NOT test_TIMEOUT)
        set(test_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${test_TIMEOUT} LABELS "${test_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;${test_ENVIRONMENT}")
endfunction()

# The same for tests that need a real keyring: they run under one, on a session bus of its own.
function(tagboat_keyring_test name)
    cmake_parse_arguments(test "" "TIMEOUT" "LINKS" ${ARGN})
    if(NOT test_TIMEOUT)
        set(test_TIMEOUT 120)
    endif()
    add_executable(${name} ${name}.cpp)
    target_link_libraries(${name} PRIVATE Qt6::Test ${test_LINKS} tagboat_flags tagboat_test_flags)
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/support/withkeyring $<TARGET_FILE:${name}>)
    set_tests_properties(${name} PROPERTIES TIMEOUT ${test_TIMEOUT} LABELS integration
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endfunction()
