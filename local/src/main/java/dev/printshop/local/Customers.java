package dev.printshop.local;

import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/** Customers and employees of the local cloud, who all have the same password. */
public final class Customers {

    private static final String PASSWORD = "only in the local cloud";

    private final CognitoIdentityProviderClient cognito;
    private final String userPool;
    private final String appClient;

    /** The users of a deployed application. */
    public Customers(Stack stack) {
        this.cognito = stack.client(CognitoIdentityProviderClient.builder());
        this.userPool = stack.userPoolId();
        this.appClient = stack.userPoolClientId();
    }

    /**
     * The tokens of a user who is signed in.
     *
     * @param access what APIs accept
     * @param id what tells an application who the user is
     */
    public record Tokens(String access, String id) {

        /** Without the tokens, so that no log has them. */
        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /**
     * Signs a user up, and confirms the address in the user's place. An existing user stays.
     *
     * @param name the part of the address before the @
     * @return the address
     */
    public String create(String name) {
        String address = address(name);
        try {
            cognito.signUp(user -> user.clientId(appClient).username(address).password(PASSWORD));
            cognito.adminConfirmSignUp(user -> user.userPoolId(userPool).username(address));
        } catch (UsernameExistsException _) {
            // Then the user can be used.
        }
        return address;
    }

    /** Adds a user to a group, which the user's next token has. */
    public void addToGroup(String name, String group) {
        cognito.adminAddUserToGroup(
                user -> user.userPoolId(userPool).username(address(name)).groupName(group));
    }

    /**
     * Signs a user in.
     *
     * @throws LocalCloudException when there is no such user
     */
    public Tokens signIn(String name) {
        try {
            AuthenticationResultType result = cognito.initiateAuth(user -> user.clientId(appClient)
                            .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                            .authParameters(Map.of("USERNAME", address(name), "PASSWORD", PASSWORD)))
                    .authenticationResult();
            return new Tokens(result.accessToken(), result.idToken());
        } catch (UserNotFoundException | NotAuthorizedException e) {
            throw new LocalCloudException(
                    "There is no customer %s: make customer NAME=%s creates one".formatted(name, name), e);
        }
    }

    private static String address(String name) {
        return name + "@example.org";
    }
}
