# The Debian package, made by CPack.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME palabre)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
# Who makes a package for others names himself by DEBFULLNAME and DEBEMAIL (tools/deb.sh).
set(CPACK_PACKAGE_CONTACT "Palabre maintainers <maintainers@palabre.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "comments for static sites, on a machine of your own")
set(CPACK_PACKAGE_DESCRIPTION "One program serves a static site over HTTP and HTTPS and keeps the
comments of its readers in an embedded database. It comes with a custom
element that shows and takes comments, imports those of WordPress and
Disqus, and keeps nothing about a reader that is not shown.
.
The package brings a systemd service with every privilege dropped that it
can do without. It listens on this machine alone until told otherwise in
/etc/palabre/palabre.toml.")
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# The part after the dash: what changes when only the packaging does.
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)

# Libraries by dpkg-shlibdeps; the user by systemd-sysusers, which small systems have apart.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd | systemd-standalone-sysusers | systemd-sysusers")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "certbot, logrotate")
set(CPACK_STRIP_FILES ON)

set(deb ${CMAKE_CURRENT_LIST_DIR}/deb)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${deb}/conffiles ${deb}/postinst ${deb}/prerm ${deb}/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# /etc is outside the prefix, so the folder of the package stands before every path.
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)

# Lintian and dpkg read the version there; a forgotten entry stops the build.
file(STRINGS ${deb}/changelog newest LIMIT_COUNT 1)
if(NOT newest MATCHES "^palabre \\(${PROJECT_VERSION}-[0-9]+\\) ")
    message(FATAL_ERROR "packaging/deb/changelog begins with \"${newest}\", not with ${PROJECT_VERSION}")
endif()

include(CPack)
