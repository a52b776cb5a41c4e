/**
 * Beans whose methods run in remote contexts, in the order of their life: {@code RemoteCallBeans} finds and checks them
 * when the application starts, {@code RemoteCallInterceptor} takes their calls, {@code Placement} says where each goes,
 * {@code TargetInstances} keeps what lives there.
 */
@NullMarked
package io.econtext.spring.remotecall;

import org.jspecify.annotations.NullMarked;
